package io.millrace.worker.mail;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The part of a mail server's reply that is safe to repeat: its status code (RFC 5321) and enhanced code (RFC 3463). The
 * text after them often repeats the address.
 *
 * @param codes
 *            both, as the server wrote them
 */
record SmtpReply(int status, String codes) {

    private static final Pattern REPLY = Pattern
            .compile("(?:^|response: )(([245]\\d\\d)(?:[ -][245]\\.\\d{1,3}\\.\\d{1,3}\\b)?)");

    private static final Set<Integer> LOGIN_TROUBLE = Set.of(530, 534, 535, 538);
    private static final int TOO_LARGE = 552;

    /** The reply that an exception's message is or ends with. */
    static Optional<SmtpReply> in(@Nullable String message) {
        return Optional.ofNullable(message).map(REPLY::matcher).filter(java.util.regex.Matcher::find)
                .map(found -> new SmtpReply(Integer.parseInt(found.group(2)), found.group(1).replace('-', ' ')));
    }

    /** Whether trying the same again is useless; not where the server asks for a login, which is the operator's to repair. */
    boolean isPermanent() {
        return status >= 500 && !LOGIN_TROUBLE.contains(status);
    }

    boolean isTooLarge() {
        return status == TOO_LARGE;
    }
}
