package io.millrace.worker.mail.smtp;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * The part of a mail server's reply that is safe to repeat: its status code (RFC 5321) and enhanced code (RFC 3463). The text
 * after them often repeats the address.
 *
 * @param code
 *            three digits; 0 where it is no reply that says no, as with a certificate that is not trusted
 * @param enhanced
 *            e.g. {@code 5.1.1}, or empty
 */
public record SmtpReply(int code, String enhanced) {

    static final SmtpReply NONE = new SmtpReply(0, "");

    private static final Pattern ENHANCED = Pattern.compile("^\\d{3}[ -]([245]\\.\\d{1,3}\\.\\d{1,3})\\b");
    private static final Set<Integer> LOGIN_TROUBLE = Set.of(530, 534, 535, 538);
    private static final int CLOSING = 421;
    private static final int TOO_LARGE = 552;

    /** @param text all lines of the reply, or of what took its place */
    static SmtpReply of(int code, String text) {
        var enhanced = ENHANCED.matcher(text);
        return new SmtpReply(code, enhanced.find() ? enhanced.group(1) : "");
    }

    /** Whether trying the same again is useless; not where the server asks for a login, which is the operator's to repair. */
    public boolean isPermanent() {
        return code >= 500 && !isOfTheLogin();
    }

    /** Whether the server says no to our login, or asks for one (RFC 4954, 6). */
    public boolean isOfTheLogin() {
        return LOGIN_TROUBLE.contains(code);
    }

    /** Both codes, as the server wrote them. */
    public String codes() {
        return enhanced.isEmpty() ? String.valueOf(code) : code + " " + enhanced;
    }

    boolean isPositive() {
        return code / 100 == 2;
    }

    boolean isRefusal() {
        return code / 100 == 4 || code / 100 == 5;
    }

    /** The server ends the connection with this, whatever it was asked. */
    boolean isFarewell() {
        return code == CLOSING;
    }

    boolean isTooLarge() {
        return code == TOO_LARGE;
    }
}
