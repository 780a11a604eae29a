package io.millrace.core.mail;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

import io.millrace.jobs.Job;
import io.millrace.jobs.JobType;

/**
 * One mail, written by a service itself, to one recipient and whoever gets a copy; {@value #MAX_RECIPIENTS} of them together.
 * What is null among the later fields is not written, so that rows are as they were before there were such fields.
 *
 * @param subject
 *            one line
 * @param text
 *            the plain text part
 * @param html
 *            the HTML part beside it; null for a mail of plain text only
 * @param cc
 *            who gets a copy, seen by all
 * @param bcc
 *            who gets a copy, seen by nobody
 * @param replyTo
 *            where answers go; null for the sender
 * @param attachments
 *            ids of stored files, read while the mail is sent
 * @param unsubscribe
 *            what kind of mail this is, for a recipient who wants no more of it: the mail says how to unsubscribe from this kind,
 *            and is not sent to who did. Only for a mail to one recipient. Null for a mail that somebody asked for
 */
@MailToFew
@JobType(name = "send-email", queue = "mail", maxAttempts = 35, backOff = "PT10S", maxBackOff = "PT4H")
public record SendEmail(@NotBlank @EmailAddress String to,
        @NotBlank @Size(max = 200) @Pattern(regexp = "[^\\p{Cntrl}]*", message = "must be one line without control characters") String subject,
        @NotBlank @Size(max = 60_000) String text, @Nullable @Size(max = 60_000) String html,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable @Size(max = MAX_RECIPIENTS
                - 1) List<@NotNull @EmailAddress String> cc,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable @Size(max = MAX_RECIPIENTS
                - 1) List<@NotNull @EmailAddress String> bcc,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable @EmailAddress String replyTo,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable @Size(max = 20) List<@NotNull UUID> attachments,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable @Pattern(regexp = "[a-z0-9][a-z0-9-]{0,49}", message = "must be 1 to 50 small letters, digits and hyphens") String unsubscribe)
        implements
            Job<MailSent> {

    /** To how many addresses one mail may go. */
    public static final int MAX_RECIPIENTS = 50;

    public SendEmail {
        cc = copy(cc);
        bcc = copy(bcc);
        attachments = copy(attachments);
    }

    /** A mail to one recipient, with nothing else to it. */
    public SendEmail(String to, String subject, String text, @Nullable String html) {
        this(to, subject, text, html, null, null, null, null, null);
    }

    /** Whether it goes to nobody but {@link #to}. */
    boolean isToOne() {
        return size(cc) + size(bcc) == 0;
    }

    /** Whether it goes to no more than {@value #MAX_RECIPIENTS}. */
    boolean isToFew() {
        return 1 + size(cc) + size(bcc) <= MAX_RECIPIENTS;
    }

    /** With null elements, if there are any: those are for the constraints to name. */
    private static <T> @Nullable List<T> copy(@Nullable List<T> some) {
        return some == null ? null : Collections.unmodifiableList(new ArrayList<>(some));
    }

    private static int size(@Nullable List<?> some) {
        return some == null ? 0 : some.size();
    }
}
