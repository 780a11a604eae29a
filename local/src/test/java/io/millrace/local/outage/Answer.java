package io.millrace.local.outage;

import java.time.Duration;
import java.util.UUID;

import tools.jackson.databind.json.JsonMapper;

/**
 * What became of a request.
 *
 * @param began
 *            by System.nanoTime
 * @param status
 *            zero if there was no answer; the body says why
 */
record Answer(String request, long began, long ended, int status, String retryAfter, String body) {

    private static final int ACCEPTED = 202;
    private static final int UNAVAILABLE = 503;

    boolean isAcceptedJob() {
        return request.startsWith("POST") && status == ACCEPTED;
    }

    UUID jobId() {
        return UUID.fromString(JsonMapper.shared().readTree(body).path("id").asString());
    }

    /** As a client needs it to come back later. */
    boolean isProperRefusal() {
        return status == UNAVAILABLE && !retryAfter.isEmpty() && body.contains("/problems/unavailable");
    }

    Duration took() {
        return Duration.ofNanos(ended - began);
    }
}
