package io.millrace.worker.mail;

import io.millrace.worker.mail.smtp.SmtpException;
import io.millrace.worker.mail.smtp.SmtpOutcomeUnknown;
import io.millrace.worker.mail.smtp.SmtpRefused;
import io.millrace.worker.mail.smtp.SmtpRefused.Stage;
import io.millrace.worker.mail.smtp.SmtpUnreachable;

/** What a failed dialogue with the mail server means for the job. */
final class SendFailure {

    private SendFailure() {
    }

    /**
     * The exception to throw instead: {@link MailRefused} for a 5xx that means the recipient or the letter,
     * {@link MailDeferred} for a 4xx and for a 5xx that means our sender or our login, which configuration repairs, and
     * {@link MailServerUnreachable} where no answer came.
     */
    static Exception explain(SmtpException failure) {
        String words = String.valueOf(failure.getMessage());
        return switch (failure) {
            case SmtpRefused refused when isOfTheLetter(refused.stage()) && refused.reply().isPermanent() ->
                new MailRefused(
                        words);
            case SmtpRefused _ -> new MailDeferred(words);
            case SmtpUnreachable _,SmtpOutcomeUnknown _ -> new MailServerUnreachable(words);
        };
    }

    private static boolean isOfTheLetter(Stage stage) {
        return stage == Stage.RECIPIENTS || stage == Stage.MESSAGE;
    }
}
