package io.millrace.worker.mail;

import java.nio.charset.StandardCharsets;
import jakarta.mail.internet.InternetAddress;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is ours to say about mail; the server is described by {@code spring.mail.*}.
 *
 * @param from
 *            the sender of every mail, {@code name@domain} or {@code Name <name@domain>}; its domain also ends each
 *            Message-ID. The default is one that mail servers elsewhere refuse
 */
@ConfigurationProperties("millrace.mail")
record MailSettings(@DefaultValue("Millrace <no-reply@localhost>") InternetAddress from) {

    MailSettings {
        if (!isMailbox(from.getAddress())) {
            throw new IllegalArgumentException(
                    "millrace.mail.from must be name@domain or Name <name@domain>, the address in ASCII");
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
