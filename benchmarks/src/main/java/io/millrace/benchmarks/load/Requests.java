package io.millrace.benchmarks.load;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/** Requests that are sent one after the other; shared by all connections. */
public final class Requests {

    private final IntFunction<byte[]> requests;
    private final AtomicInteger next = new AtomicInteger();

    private Requests(IntFunction<byte[]> requests) {
        this.requests = requests;
    }

    private Requests(byte[][] requests) {
        this(number -> requests[Math.floorMod(number, requests.length)]);
    }

    /** JSON that is posted to a path; the header lines of each request depend on its number. */
    public static Requests post(String path, String json, IntFunction<String> headers) {
        return new Requests(number -> """
                                      POST %s HTTP/1.1\r
                                      Host: 127.0.0.1\r
                                      Content-Type: application/json\r
                                      Content-Length: %d\r
                                      %s\r
                                      \r
                                      %s""".formatted(path, json.length(), headers.apply(number), json)
                .getBytes(StandardCharsets.ISO_8859_1));
    }

    /** GET requests from the start again and again: one for each path, with these header lines. */
    public static Requests get(Collection<String> paths, String... headers) {
        String head = String.join("\r\n", headers);
        return new Requests(paths.stream()
                .map(path -> "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + head + "\r\n\r\n")
                .map(request -> request.getBytes(StandardCharsets.ISO_8859_1)).toArray(byte[][]::new));
    }

    /** The same request again and again. */
    public static Requests get(String path, String... headers) {
        return get(List.of(path), headers);
    }

    /** The next one, ready to be sent. */
    public byte[] next() {
        return requests.apply(next.getAndIncrement());
    }
}
