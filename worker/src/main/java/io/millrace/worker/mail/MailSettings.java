package io.millrace.worker.mail;

import java.nio.charset.StandardCharsets;
import jakarta.mail.internet.InternetAddress;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What is ours to say about mail; the server is described by {@code spring.mail.*}.
 *
 * @param from
 *            the sender of every mail, {@code name@domain} or {@code Name <name@domain>}; its domain also ends each
 *            Message-ID. The default is one that mail servers elsewhere refuse
 * @param maxAttachments
 *            how large the files of one mail may be together, before their encoding adds a third and more
 */
@ConfigurationProperties("millrace.mail")
record MailSettings(@DefaultValue("Millrace <no-reply@localhost>") InternetAddress from,
        @DefaultValue("25MB") DataSize maxAttachments) {

    MailSettings {
        if (!isMailbox(from.getAddress())) {
            throw new IllegalArgumentException(
                    "millrace.mail.from must be name@domain or Name <name@domain>, the address in ASCII");
        }
        if (maxAttachments.isNegative()) {
            throw new IllegalArgumentException("millrace.mail.max-attachments must not be negative, e.g. 25MB");
        }
    }

    /** The part of the sender's address after the {@code @}. */
    String domain() {
        String address = from.getAddress();
        return address.substring(address.lastIndexOf('@') + 1);
    }

    private static boolean isMailbox(String address) {
        return address.matches("[^@\\s]+@[^@\\s]+") && StandardCharsets.US_ASCII.newEncoder().canEncode(address);
    }
}
