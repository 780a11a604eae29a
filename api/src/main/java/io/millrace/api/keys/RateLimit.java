package io.millrace.api.keys;

import java.time.Duration;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;

/**
 * So many requests in any window of time, which begins with the first of them.
 *
 * @param per
 *            whole seconds, from {@code PT1S} to {@code P31D}
 */
record RateLimit(
        @Min(value = 1, message = "must be at least 1") @Max(value = MOST, message = "must be at most "
                + MOST) long requests,
        @NotNull(message = "is missing") @WindowLength Duration per) {

    static final long MOST = 1_000_000_000;

    Allowance allowance() {
        return new Allowance("requests", null, requests, per);
    }
}
