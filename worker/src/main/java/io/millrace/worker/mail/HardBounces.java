package io.millrace.worker.mail;

import java.util.Map;
import java.util.Set;
import jakarta.mail.internet.InternetAddress;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

import io.millrace.core.mail.SuppressionReason;
import io.millrace.core.mail.Suppressions;
import io.millrace.worker.mail.smtp.SmtpReply;

/**
 * Puts addresses on the suppression list that the mail server says do not exist: by the enhanced status codes of RFC 3463 and
 * RFC 7505, since a bare 550 may as well mean that it dislikes us or the mail.
 */
@Component
final class HardBounces {

    private static final Logger LOG = LoggerFactory.getLogger(HardBounces.class);

    /** No such mailbox, no such domain, moved without a new address, a domain that takes no mail. */
    private static final Set<String> NO_SUCH_ADDRESS = Set.of("5.1.1", "5.1.2", "5.1.6", "5.1.10");

    private final Suppressions suppressions;

    HardBounces(Suppressions suppressions) {
        this.suppressions = suppressions;
    }

    /** What was said of the mail stands already, and stays if this cannot be written: the next mail bounces again. */
    void among(Map<InternetAddress, SmtpReply> refused) {
        try {
            refused.forEach((mailbox, reply) -> {
                if (reply.isPermanent() && NO_SUCH_ADDRESS.contains(reply.enhanced())) {
                    suppressions.add(mailbox.getAddress(), SuppressionReason.HARD_BOUNCE);
                }
            });
        } catch (DataAccessException | TransactionException e) {
            LOG.warn(
                    "An address that does not exist could not be put on the suppression list; the next mail to it will");
        }
    }
}
