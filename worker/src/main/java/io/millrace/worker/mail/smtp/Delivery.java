package io.millrace.worker.mail.smtp;

import java.util.List;
import java.util.Map;
import jakarta.mail.internet.InternetAddress;

/**
 * What became of a message that the server has accepted.
 *
 * @param accepted
 *            to whom; at least one
 * @param refused
 *            to whom not, and why
 */
public record Delivery(List<InternetAddress> accepted, Map<InternetAddress, SmtpReply> refused) {

    public Delivery {
        accepted = List.copyOf(accepted);
        refused = Map.copyOf(refused);
    }
}
