package io.millrace.api.keys;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * How much of something a key may have in a window of time.
 *
 * @param policy
 *            its name in headers
 * @param unit
 *            of what, in the words of the {@code RateLimit} draft; null for requests
 */
record Allowance(String policy, @Nullable String unit, long units, Duration window) {
}
