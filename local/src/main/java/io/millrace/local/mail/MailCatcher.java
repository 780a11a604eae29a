package io.millrace.local.mail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicLong;
import jakarta.mail.MessagingException;

import com.icegreen.greenmail.mail.MailAddress;
import com.icegreen.greenmail.mail.MovingMessage;
import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.user.UserException;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;

/**
 * An SMTP server on the loopback interface that takes every mail and delivers none, and an HTTP page that shows the
 * latest of them. They are held in memory only.
 */
public final class MailCatcher implements AutoCloseable {

    private static final String ANYBODY = "anybody";

    private final GreenMail smtp;
    private final MailPage page;
    private final CaughtMails mails;
    private final AtomicLong ids = new AtomicLong();

    private MailCatcher(int smtpPort, int pagePort, int keep) throws IOException {
        this.mails = new CaughtMails(keep);
        this.smtp = new GreenMail(new ServerSetup(smtpPort, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        this.page = MailPage.start(pagePort, mails);
    }

    /**
     * Starts both servers.
     *
     * @param keep
     *            how many mails, at most
     * @throws UncheckedIOException
     *             if the page's port is in use
     * @throws IllegalStateException
     *             if the SMTP port is in use
     */
    public static MailCatcher start(int smtpPort, int pagePort, int keep) {
        try {
            var catcher = new MailCatcher(smtpPort, pagePort, keep);
            catcher.startSmtp();
            return catcher;
        } catch (IOException e) {
            throw new UncheckedIOException("the mail page did not start", e);
        } catch (UserException e) {
            throw new IllegalStateException("the mail catcher did not start", e);
        }
    }

    @Override
    public void close() {
        smtp.stop();
        page.close();
    }

    private void startSmtp() throws UserException {
        var users = smtp.getUserManager();
        var anybody = users.createUser("anybody@localhost", ANYBODY, ANYBODY);
        users.setMessageDeliveryHandler((message, address) -> deliver(message, address, anybody));
        smtp.start();
    }

    /** Called once per recipient of a message. */
    private GreenMailUser deliver(MovingMessage message, MailAddress recipient, GreenMailUser anybody)
            throws MessagingException {
        if (message.getToAddresses().iterator().next().equals(recipient)) {
            mails.add(ReadMail.read(Long.toString(ids.incrementAndGet()), message));
        }
        try {
            // GreenMail's own mailbox would grow without bound.
            smtp.purgeEmailFromAllMailboxes();
        } catch (FolderException e) {
            throw new MessagingException("cannot empty the mailbox", e);
        }
        return anybody;
    }
}
