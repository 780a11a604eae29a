package io.millrace.api.keys;

import java.time.Duration;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

import org.jspecify.annotations.Nullable;

/**
 * So many bytes of request bodies, as they are sent, in any window of time, which begins with the first of them.
 *
 * @param per
 *            whole seconds, from {@code PT1S} to {@code P31D}; a day unless given
 */
record Quota(
        @Min(value = 1, message = "must be at least 1") @Max(value = MOST, message = "must be at most "
                + MOST) long bytes,
        @WindowLength @Nullable Duration per) {

    static final long MOST = 1_000_000_000_000_000L;

    Duration window() {
        return per == null ? Duration.ofDays(1) : per;
    }

    Allowance allowance() {
        return new Allowance("bytes", "content-bytes", bytes, window());
    }
}
