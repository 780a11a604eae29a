package io.millrace.benchmarks.load;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** GET requests that are sent one after the other, and from the start again; shared by all connections. */
public final class Requests {

    private final byte[][] requests;
    private final AtomicInteger next = new AtomicInteger();

    private Requests(byte[][] requests) {
        this.requests = requests;
    }

    /** One request for each path, with these header lines. */
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
        return requests[Math.floorMod(next.getAndIncrement(), requests.length)];
    }
}
