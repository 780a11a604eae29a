package io.millrace.api.keys;

import java.time.Duration;
import java.util.StringJoiner;
import jakarta.servlet.http.HttpServletResponse;

/**
 * {@code RateLimit-Policy} and {@code RateLimit} of draft-ietf-httpapi-ratelimit-headers: lists of strings with parameters
 * (RFC 9651), quota {@code q}, unit {@code qu}, window {@code w} in seconds, what remains {@code r}, and the seconds until
 * it is whole again {@code t}.
 */
final class RateLimitFields {

    private final StringJoiner policies = new StringJoiner(", ");
    private final StringJoiner states = new StringJoiner(", ");

    void add(Allowance allowance, KeyWindow.Answer answer) {
        String name = '"' + allowance.policy() + '"';
        policies.add(name + ";q=" + allowance.units()
                + (allowance.unit() == null ? "" : ";qu=\"" + allowance.unit() + '"') + ";w="
                + allowance.window().toSeconds());
        states.add(name + ";r=" + answer.remaining() + ";t=" + wholeSeconds(answer.untilEnd()).toSeconds());
    }

    void write(HttpServletResponse response) {
        response.setHeader("RateLimit-Policy", policies.toString());
        response.setHeader("RateLimit", states.toString());
    }

    /** Rounded up, and never none, so that who waits for so long does not come too early. */
    static Duration wholeSeconds(Duration time) {
        return Duration.ofSeconds(Math.max(1, time.plusMillis(999).toSeconds()));
    }
}
