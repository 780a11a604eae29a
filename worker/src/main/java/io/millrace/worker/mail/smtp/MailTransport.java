package io.millrace.worker.mail.smtp;

import java.io.UncheckedIOException;
import java.util.List;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;

/** Carries messages to the mail server. For any number of threads, which wait for a connection in the order they came. */
public interface MailTransport {

    /**
     * Returns after the server's 250 to DATA. Sends to those of {@code recipients} that the server takes; the refused ones are in
     * the answer. The sender is {@code mail.smtp.from} of {@code spring.mail.properties}, or else the message's first From. The
     * message is saved, and keeps its Message-ID; its Bcc header is not sent.
     *
     * <p>
     * At most two connections are tried: one that was kept, and if that turns out to be closed before it has answered MAIL FROM, or
     * answers 4xx to it, a new one. Nothing else is done twice.
     *
     * @param recipients
     *            at least one, each a plain address
     * @throws SmtpRefused
     *             if the server, every recipient or the message is refused, or there is no TLS; certain, nothing was accepted
     * @throws SmtpUnreachable
     *             if no connection came about, or it broke or fell silent before the end of the message was sent; certain as well
     * @throws SmtpOutcomeUnknown
     *             if it broke or fell silent between the end of the message and the answer to it
     * @throws UncheckedIOException
     *             if the message's own content cannot be read; the connection is given up, and nothing was accepted
     * @throws InterruptedException
     *             if the thread is interrupted before the end of the message is sent; nothing was accepted. After that it is a
     *             {@code SmtpOutcomeUnknown}, and the thread stays interrupted. A thread of the operating system's notices only while
     *             it waits for a connection
     */
    Delivery send(MimeMessage message, List<InternetAddress> recipients, DataSteps steps)
            throws SmtpException, InterruptedException;
}
