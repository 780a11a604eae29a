package io.millrace.api.compression;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPInputStream;

import com.aayushatharva.brotli4j.decoder.BrotliInputStream;
import com.github.luben.zstd.ZstdInputStream;

import io.millrace.api.ApiUnderTest;

/** An answer with the bytes that came over the wire. */
record Received(HttpResponse<byte[]> response) {

    static Received get(ApiUnderTest api, String path, String... headers) {
        return exchange(api, "GET", path, headers);
    }

    static Received head(ApiUnderTest api, String path, String... headers) {
        return exchange(api, "HEAD", path, headers);
    }

    private static Received exchange(ApiUnderTest api, String method, String path, String... headers) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + api.port() + path))
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        try (var client = HttpClient.newHttpClient()) {
            return new Received(client.send(request.build(), BodyHandlers.ofByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A decoder of a stream. */
    static InputStream decoded(String coding, InputStream bytes) throws IOException {
        return switch (coding) {
            case "zstd" -> new ZstdInputStream(bytes);
            case "br" -> {
                var brotli = new BrotliInputStream(bytes, 1);
                brotli.enableEagerOutput();
                yield brotli;
            }
            case "gzip" -> new GZIPInputStream(bytes, 1);
            default -> bytes;
        };
    }

    int status() {
        return response.statusCode();
    }

    String header(String name) {
        return String.join(", ", response.headers().allValues(name));
    }

    List<String> headers(String name) {
        return response.headers().allValues(name);
    }

    int wireBytes() {
        return response.body().length;
    }

    String text() {
        try (var body = decoded(header("Content-Encoding"), new ByteArrayInputStream(response.body()))) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
