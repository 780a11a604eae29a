package io.millrace.api.jobs;

import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import jakarta.servlet.http.HttpServletRequest;

import io.millrace.api.http.ProblemException;
import io.millrace.api.http.Sha256;

/**
 * The Idempotency-Key header (draft-ietf-httpapi-idempotency-key-header-07): a string of structured fields (RFC 9651), in quotes. As
 * most clients send it, without them, it is taken too, and is the same key.
 *
 * @param key
 *            1 to 255 printable ASCII characters
 */
record IdempotencyKeyHeader(String key) {

    static final String NAME = "Idempotency-Key";

    /** In quotes anything printable, quotes and backslashes with a backslash before them. */
    private static final Pattern QUOTED = Pattern.compile("\"((?:[ !#-\\[\\]-~]|\\\\[\"\\\\])*)\"");
    /** Whatever begins or ends otherwise is a list, a parameter or a quote that was lost. */
    private static final Pattern PLAIN = Pattern.compile("[!#-+\\--:<-\\[\\]-~]*");
    private static final int LONGEST = 255;

    /**
     * The key of a request, if it has one.
     *
     * @throws ProblemException
     *             400 if it is none, or there are several
     */
    static Optional<IdempotencyKeyHeader> of(HttpServletRequest request) {
        List<String> values = Collections.list(request.getHeaders(NAME));
        if (values.isEmpty()) {
            return Optional.empty();
        }
        if (values.size() > 1) {
            throw ProblemException.invalid(NAME, "must be given once");
        }
        String value = values.getFirst().strip();
        var quoted = QUOTED.matcher(value);
        String key = quoted.matches()
                ? quoted.group(1).replaceAll("\\\\(.)", "$1")
                : PLAIN.matcher(value).matches() ? value : "";
        if (key.isBlank() || key.length() > LONGEST) {
            throw ProblemException.invalid(NAME,
                    "must be 1 to 255 printable ASCII characters in double quotes, such as \"8e03978e-40d5-43dd\"; without"
                            + " quotes it may have no spaces, commas, semicolons, quotes or backslashes");
        }
        return Optional.of(new IdempotencyKeyHeader(key));
    }

    /** What stands for it in the engine: a hash, so that two callers' keys never meet and nobody's key is kept. */
    String of(String caller) {
        byte[] hash = Sha256.of(caller.length() + ":" + caller + key);
        return "http:" + Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    }
}
