package io.millrace.worker.mail.smtp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;

import org.jspecify.annotations.Nullable;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.stereotype.Component;

/**
 * Keeps connections and uses them again, the one used last first, so that those not needed grow old. See docs/decisions/0072 for
 * why this is no pool of a library.
 */
@Component
final class PooledTransport implements MailTransport, AutoCloseable {

    /** After a pause shorter than that a connection is not checked: MAIL FROM shows whether it is there. */
    private static final Duration SURELY_OPEN = Duration.ofSeconds(1);

    private final JavaMailSenderImpl sender;
    private final SmtpSettings settings;
    private final Deadlines deadlines = new Deadlines();
    private final Semaphore places;
    private final ConcurrentLinkedDeque<SmtpConnection> idle = new ConcurrentLinkedDeque<>();
    private final AtomicLong opened = new AtomicLong();
    private final Future<?> sweep;
    private volatile boolean isClosed;

    /** @param sender describes the server; it sends nothing */
    PooledTransport(JavaMailSenderImpl sender, SmtpSettings settings) {
        this.sender = sender;
        this.settings = settings;
        this.places = new Semaphore(settings.connections().max(), true);
        long pause = settings.connections().maxIdle().toNanos();
        this.sweep = deadlines.clock().scheduleWithFixedDelay(
                () -> Thread.ofVirtual().name("mail-idle").start(() -> closeIdle(settings.connections().maxIdle())),
                pause, pause, TimeUnit.NANOSECONDS);
    }

    @Override
    public Delivery send(MimeMessage message, List<InternetAddress> recipients, DataSteps steps)
            throws SmtpException, InterruptedException {
        if (recipients.isEmpty()) {
            throw new IllegalArgumentException("a message needs at least one recipient");
        }
        var server = new MailServer(sender, settings.tls());
        var transaction = new Transaction(prepare(message, server), message, List.copyOf(recipients), steps);
        places.acquire();
        try {
            var connection = begun(transaction, server);
            try (var _ = connection.within(settings.sendTime())) {
                return transaction.finish(connection, settings.sendTime());
            } finally {
                giveBack(connection);
            }
        } catch (SmtpUnreachable e) {
            if (Thread.interrupted()) {
                throw new InterruptedException("while it talked to the mail server");
            }
            throw e;
        } finally {
            places.release();
        }
    }

    /** Saves the message, which by itself would give it another Message-ID, and says whom MAIL FROM names. */
    private static String prepare(MimeMessage message, MailServer server) {
        try {
            String id = message.getMessageID();
            message.saveChanges();
            if (id != null) {
                message.setHeader("Message-ID", id);
            }
            String bounces = server.envelopeFrom();
            if (bounces != null) {
                return bounces;
            }
            if (message.getFrom() != null && message.getFrom().length > 0
                    && message.getFrom()[0] instanceof InternetAddress from) {
                return from.getAddress();
            }
            throw new IllegalArgumentException("a message needs a From");
        } catch (MessagingException e) {
            throw new UncheckedIOException(new IOException("a part of the message cannot be read", e));
        }
    }

    private SmtpConnection begun(Transaction transaction, MailServer server) throws SmtpException {
        var kept = takeIdle(server);
        if (kept != null && begins(transaction, kept)) {
            return kept;
        }
        var fresh = new SmtpConnection(server, server.newWire(), deadlines);
        fresh.open(settings.openTime());
        opened.incrementAndGet();
        transaction.steps().opened();
        try {
            transaction.begin(fresh);
            return fresh;
        } catch (SmtpException e) {
            giveBack(fresh);
            throw e;
        }
    }

    /** False where the server had closed the connection, or takes no more mail over it for now. */
    private boolean begins(Transaction transaction, SmtpConnection kept) throws SmtpException {
        try {
            transaction.begin(kept);
            return true;
        } catch (SmtpUnreachable e) {
            if (Thread.currentThread().isInterrupted()) {
                throw e;
            }
            return false;
        } catch (SmtpRefused e) {
            if (e.reply().code() / 100 == 4) {
                // It may mean the connection alone, as "too many messages" does, and would be said to the next mail as well.
                kept.quit();
                return false;
            }
            giveBack(kept);
            throw e;
        }
    }

    private @Nullable SmtpConnection takeIdle(MailServer server) {
        for (var next = idle.pollFirst(); next != null; next = idle.pollFirst()) {
            if (next.isGoodFor(settings.connections()) && next.server().isAlso(server)
                    && (!next.hasIdledFor(SURELY_OPEN) || next.isAlive())) {
                return next;
            }
            next.quit();
        }
        return null;
    }

    private void giveBack(SmtpConnection connection) {
        if (!connection.isGoodFor(settings.connections())) {
            connection.quit();
            return;
        }
        connection.startIdling();
        idle.addFirst(connection);
        if (isClosed) {
            closeIdle(Duration.ZERO);
        }
    }

    private void closeIdle(Duration after) {
        for (var connection : idle) {
            if (connection.hasIdledFor(after) && idle.remove(connection)) {
                connection.quit();
            }
        }
    }

    int inUse() {
        return settings.connections().max() - places.availablePermits();
    }

    int idle() {
        return idle.size();
    }

    long opened() {
        return opened.get();
    }

    /** Says QUIT on those that are idle; the others do when their mail is sent. */
    @Override
    public void close() {
        isClosed = true;
        sweep.cancel(false);
        closeIdle(Duration.ZERO);
    }
}
