package io.millrace.local.mail;

import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A mail as its reader would see it, attachments left out.
 *
 * @param id
 *            counts up from 1 with each start
 * @param from
 *            the sender's bare address
 * @param to
 *            the bare addresses it was sent to, blind copies included, separated by comma and blank
 * @param headers
 *            decoded, in their order; those that come more than once on a line each
 */
record CaughtMail(String id, String from, String to, String subject, @Nullable String text, @Nullable String html,
        Map<String, String> headers) {

    boolean isFor(String address) {
        return (", " + to + ",").toLowerCase(Locale.ROOT)
                .contains(", " + address.toLowerCase(Locale.ROOT) + ",");
    }

    /** Roughly what it takes in memory, in characters. */
    long size() {
        return subject.length() + length(text) + length(html)
                + headers.values().stream().mapToLong(String::length).sum();
    }

    private static long length(@Nullable String part) {
        return part == null ? 0 : part.length();
    }
}
