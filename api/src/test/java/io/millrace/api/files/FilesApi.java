package io.millrace.api.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.springframework.jdbc.core.simple.JdbcClient;

import io.millrace.api.ApiUnderTest;
import io.millrace.api.ApiUnderTest.Answer;

/** The API as these tests use it: started once, files of at most {@link #MAX_BYTES}, quick to lose patience. */
final class FilesApi {

    static final int MAX_BYTES = 2 * 1024 * 1024;

    static final ApiUnderTest API = ApiUnderTest.start("millrace.files.max-size=" + MAX_BYTES + "B",
            "millrace.files.sweep-interval=200ms", "server.tomcat.connection-timeout=5s");

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private FilesApi() {
    }

    /** POST /files of raw bytes under this file name. */
    static Answer upload(String query, byte[] content, String... headers) {
        return post(query, BodyPublishers.ofByteArray(content), headers);
    }

    /** As {@link #upload}, in chunks: its length is not announced. */
    static Answer uploadChunked(String query, InputStream content, String... headers) {
        return post(query, BodyPublishers.ofInputStream(() -> content), headers);
    }

    private static Answer post(String query, BodyPublisher body, String... headers) {
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + API.port() + "/files" + query)).POST(body),
                headers);
    }

    static Answer send(HttpRequest.Builder request, String... headers) {
        if (headers.length > 0) {
            request.headers(headers);
        }
        return new Answer(exchange(request.timeout(Duration.ofSeconds(30)).build(),
                BodyHandlers.ofString(StandardCharsets.UTF_8)));
    }

    static HttpResponse<byte[]> download(String path, String... headers) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + API.port() + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return exchange(request.build(), BodyHandlers.ofByteArray());
    }

    private static <T> HttpResponse<T> exchange(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        try {
            return CLIENT.send(request, handler);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A connection to speak HTTP by hand, closed by the test. */
    static Socket connection() throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), API.port());
        socket.setSoTimeout(20_000);
        return socket;
    }

    static int rows() {
        return count("files");
    }

    static int chunks() {
        return count("file_chunks");
    }

    static int jobs() {
        return count("millrace_jobs.jobrunr_jobs");
    }

    private static int count(String table) {
        return API.bean(JdbcClient.class).sql("select count(*) from " + table).query(Integer.class).single();
    }

    static void forgetEverything() {
        API.bean(JdbcClient.class).sql("truncate files, file_chunks, millrace_jobs.jobrunr_jobs cascade").update();
    }
}
