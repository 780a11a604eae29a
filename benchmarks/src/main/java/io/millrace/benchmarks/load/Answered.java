package io.millrace.benchmarks.load;

import java.util.Map;

/**
 * What one round of load brought.
 *
 * @param seconds
 *            from the first request to the last answer
 * @param sources
 *            how often each {@code X-Cache} was answered
 */
public record Answered(Latencies latencies, double seconds, long bodyBytes, Map<String, Integer> sources) {

    public int requests() {
        return latencies.count();
    }

    public double perSecond() {
        return requests() / seconds;
    }

    public double bytesPerAnswer() {
        return (double) bodyBytes / requests();
    }

    /** The share, from 0 to 1, of the answers that came from there. */
    public double shareFrom(String source) {
        return (double) sources.getOrDefault(source, 0) / requests();
    }
}
