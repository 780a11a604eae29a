package io.millrace.benchmarks.load;

/**
 * What came back of one request, read to its end.
 *
 * @param source
 *            the header {@code X-Cache}; empty without one
 * @param bodyBytes
 *            of the body as it was sent: compressed, without the framing of its chunks
 * @param firstByteAt
 *            {@link System#nanoTime()} when the body began
 */
public record Answer(int status, String source, long bodyBytes, long firstByteAt) {
}
