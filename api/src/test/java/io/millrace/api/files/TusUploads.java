package io.millrace.api.files;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.millrace.api.ApiUnderTest.Answer;

import static org.assertj.core.api.Assertions.assertThat;

/** Requests of tus to the API of {@link FilesApi}, with the headers that each needs unless a test gives others. */
final class TusUploads {

    static final String BYTES = "application/offset+octet-stream";

    private TusUploads() {
    }

    /** POST; {@code query} is empty or begins with a question mark. */
    static Answer create(String query, String... headers) {
        return send("POST", "/files/tus" + query, new byte[0], headers);
    }

    /** A new upload's path. */
    static String begin(long length, String... headers) {
        Answer answer = create("?process=none", with(headers, "Upload-Length", Long.toString(length)));
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.header("Location");
    }

    static Answer patch(String path, long offset, byte[] body, String... headers) {
        return send("PATCH", path, body,
                with(headers, "Content-Type", BYTES, "Upload-Offset", Long.toString(offset)));
    }

    static Answer head(String path, String... headers) {
        return send("HEAD", path, new byte[0], headers);
    }

    static long offset(String path) {
        Answer answer = head(path);
        assertThat(answer.status()).isEqualTo(200);
        return Long.parseLong(answer.header("Upload-Offset"));
    }

    static Answer send(String method, String path, byte[] body, String... headers) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + FilesApi.API.port() + path))
                .method(method, body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        return FilesApi.send(request, withoutAbsent(with(headers, "Tus-Resumable", "1.0.0")));
    }

    /** {@code defaults} that are not among {@code headers}. */
    private static String[] with(String[] headers, String... defaults) {
        List<String> all = new ArrayList<>(Arrays.asList(headers));
        for (int i = 0; i < defaults.length; i += 2) {
            String name = defaults[i];
            boolean isGiven = false;
            for (int j = 0; j < headers.length; j += 2) {
                isGiven |= headers[j].equalsIgnoreCase(name);
            }
            if (!isGiven) {
                all.addAll(List.of(name, defaults[i + 1]));
            }
        }
        return all.toArray(String[]::new);
    }

    /** An empty value means that the header is not to be sent at all. */
    private static String[] withoutAbsent(String[] headers) {
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < headers.length; i += 2) {
            if (!headers[i + 1].isEmpty()) {
                sent.addAll(List.of(headers[i], headers[i + 1]));
            }
        }
        return sent.toArray(String[]::new);
    }
}
