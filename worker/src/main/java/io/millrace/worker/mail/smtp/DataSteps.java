package io.millrace.worker.mail.smtp;

import java.util.List;
import jakarta.mail.internet.InternetAddress;

/** What is to be done in the middle of a transaction. */
@FunctionalInterface
public interface DataSteps {

    /** A connection was opened for this mail, and the server took the login, if there is one. */
    default void opened() {
    }

    /**
     * Right before DATA, when at least one recipient was accepted. What it throws ends the transaction with RSET, so that nothing is
     * sent, and comes out of {@link MailTransport#send} as it is. The connection waits meanwhile, and so does the server.
     */
    void beforeData(List<InternetAddress> accepted);
}
