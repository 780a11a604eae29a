package io.millrace.worker.mail;

import java.io.UnsupportedEncodingException;
import java.net.IDN;
import java.nio.charset.StandardCharsets;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;

import org.jspecify.annotations.Nullable;

import io.millrace.jobs.PermanentFailure;

/**
 * Who a letter goes to. The address is one mailbox in ASCII, so that it can neither smuggle a second recipient nor a
 * line of its own into a header or an SMTP command: Jakarta Mail cuts characters to their low byte on the wire, which
 * makes line feeds of some letters.
 *
 * @param address
 *            as the job gave it
 * @param mailbox
 *            what stands in the To header and in the SMTP dialogue
 */
record Recipient(String address, InternetAddress mailbox) {

    private static final String UTF_8 = StandardCharsets.UTF_8.name();

    /**
     * @throws PermanentFailure
     *             if mail cannot be sent to such an address, now or later
     */
    static Recipient of(String address, @Nullable String name) {
        return of(address, name, "the recipient");
    }

    /**
     * Who answers go to.
     *
     * @throws PermanentFailure
     *             if mail cannot be sent to such an address, now or later
     */
    static Recipient ofReplies(String address) {
        return of(address, null, "who answers go to");
    }

    private static Recipient of(String address, @Nullable String name, String who) {
        try {
            var mailbox = new InternetAddress(inAscii(address), true);
            if (mailbox.isGroup() || !mailbox.getAddress().equals(inAscii(address))
                    || !isPrintableAscii(mailbox.getAddress()) || mailbox.getAddress().indexOf('@') < 1) {
                throw unusable(who);
            }
            mailbox.setPersonal(name == null || name.isBlank() ? null : oneLine(name), UTF_8);
            return new Recipient(address, mailbox);
        } catch (AddressException | IllegalArgumentException | UnsupportedEncodingException e) {
            throw unusable(who);
        }
    }

    private static PermanentFailure unusable(String who) {
        return new PermanentFailure(who + " is not an address that mail can be sent to");
    }

    private static String inAscii(String address) {
        int at = address.lastIndexOf('@');
        String domain = address.substring(at + 1);
        return isPrintableAscii(domain)
                ? address
                : address.substring(0, at + 1) + IDN.toASCII(domain, IDN.USE_STD3_ASCII_RULES);
    }

    private static boolean isPrintableAscii(String text) {
        return text.chars().allMatch(c -> c > ' ' && c < 127);
    }

    private static String oneLine(String name) {
        return name.replaceAll("\\p{Cntrl}+", " ").strip();
    }
}
