package io.millrace.worker.mail;

import java.io.IOException;
import java.net.UnknownHostException;
import java.util.Locale;
import jakarta.mail.AuthenticationFailedException;

import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.springframework.mail.MailException;
import org.springframework.mail.MailSendException;

/**
 * Reads what Jakarta Mail's nested exceptions mean. What comes out has neither their messages nor themselves as its cause,
 * because both hold addresses, and a job's error is shown to services, operators and logs.
 */
final class SendFailure {

    private enum Refused {
        RECIPIENT, MESSAGE, SENDER, LOGIN, CONNECTION;

        boolean isOfTheLetter() {
            return this == RECIPIENT || this == MESSAGE;
        }
    }

    private final String server;

    private SendFailure(String server) {
        this.server = "mail server at " + server;
    }

    /**
     * The exception to throw instead: {@link MailRefused} for a 5xx that means the recipient or the letter,
     * {@link MailDeferred} for a 4xx and for a 5xx that means our sender or our login, which configuration repairs, and
     * {@link MailServerUnreachable} where no answer came.
     *
     * @param server
     *            host and port
     */
    static Exception explain(MailException failure, String server) {
        return new SendFailure(server).explain(telling(failure));
    }

    /** The one of the nested exceptions that says what happened. */
    private static Throwable telling(MailException failure) {
        Throwable first = failure instanceof MailSendException send && send.getMessageExceptions().length > 0
                ? send.getMessageExceptions()[0]
                : failure;
        for (Throwable t = first; t != null; t = t.getCause()) {
            if (t instanceof SMTPAddressFailedException || t instanceof SMTPSendFailedException
                    || t instanceof AuthenticationFailedException || t instanceof IOException) {
                return t;
            }
        }
        return first;
    }

    private Exception explain(Throwable failure) {
        return switch (failure) {
            case SMTPAddressFailedException e -> answered(Refused.RECIPIENT, e);
            case SMTPSendFailedException e when e.getCommand().startsWith("MAIL FROM") -> answered(Refused.SENDER, e);
            case SMTPSendFailedException e -> answered(Refused.MESSAGE, e);
            case AuthenticationFailedException e -> answered(Refused.LOGIN, e);
            case IOException e -> unanswered(reasonOf(e));
            default -> answered(Refused.CONNECTION, failure);
        };
    }

    private Exception answered(Refused what, Throwable failure) {
        return SmtpReply.in(failure.getMessage()).map(reply -> refusal(what, reply))
                .orElseGet(() -> unanswered(withoutAddress(failure)));
    }

    private Exception refusal(Refused asked, SmtpReply reply) {
        // a server that announces its limit refuses a large message as early as MAIL FROM
        Refused what = asked == Refused.SENDER && reply.isTooLarge() ? Refused.MESSAGE : asked;
        String said = " the " + what.name().toLowerCase(Locale.ROOT) + ": " + reply.codes();
        if (reply.isPermanent() && what.isOfTheLetter()) {
            return new MailRefused(server + " refused" + said);
        }
        return new MailDeferred(server + (reply.status() >= 500 ? " refused" : " deferred") + said);
    }

    private Exception unanswered(String reason) {
        return new MailServerUnreachable(server + ": " + reason);
    }

    private static String reasonOf(IOException failure) {
        return failure instanceof UnknownHostException ? "unknown host" : withoutAddress(failure);
    }

    private static String withoutAddress(Throwable failure) {
        String message = failure.getMessage();
        if (message == null || message.isBlank() || message.contains("@")) {
            return failure.getClass().getSimpleName();
        }
        return message.contains("[EOF]") ? "connection lost" : message.strip();
    }
}
