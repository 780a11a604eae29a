package io.millrace.worker.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;

import org.jspecify.annotations.Nullable;

/** A message that keeps the Message-ID it was given, however often it is saved. */
final class LetterMessage extends MimeMessage {

    private final String messageId;

    LetterMessage(String messageId) {
        super((@Nullable Session) null);
        this.messageId = messageId;
    }

    @Override
    protected void updateMessageID() throws MessagingException {
        setHeader("Message-ID", messageId);
    }
}
