package io.millrace.local.mail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;

import com.icegreen.greenmail.mail.MailAddress;
import com.icegreen.greenmail.mail.MovingMessage;
import org.jspecify.annotations.Nullable;

/** Takes a message apart into what {@link CaughtMail} shows. */
final class ReadMail {

    private ReadMail() {
    }

    static CaughtMail read(String id, MovingMessage sent) throws MessagingException {
        MimeMessage message = sent.getMessage();
        try {
            var recipients = sent.getToAddresses().stream().map(MailAddress::getEmail)
                    .collect(Collectors.joining(", "));
            String subject = message.getSubject();
            return new CaughtMail(id, from(message), recipients, subject == null ? "" : subject,
                    content(message, "text/plain"), content(message, "text/html"), headers(message));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String from(MimeMessage message) throws MessagingException {
        var from = message.getFrom();
        if (from == null || from.length == 0) {
            return "";
        }
        return from[0] instanceof InternetAddress address ? address.getAddress() : from[0].toString();
    }

    private static @Nullable String content(Part part, String type) throws MessagingException, IOException {
        if (Part.ATTACHMENT.equalsIgnoreCase(part.getDisposition())) {
            return null;
        }
        if (part.isMimeType(type)) {
            return String.valueOf(part.getContent());
        }
        if (part.isMimeType("multipart/*") && part.getContent() instanceof Multipart parts) {
            for (int i = 0; i < parts.getCount(); i++) {
                var found = content(parts.getBodyPart(i), type);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    private static Map<String, String> headers(MimeMessage message) throws MessagingException, IOException {
        var headers = new LinkedHashMap<String, String>();
        for (var header : Collections.list(message.getAllHeaders())) {
            headers.merge(header.getName(), MimeUtility.decodeText(MimeUtility.unfold(header.getValue())),
                    (first, next) -> first + "\n" + next);
        }
        return headers;
    }
}
