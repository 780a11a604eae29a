package io.millrace.local.architecture.broken.api;

import org.springframework.mail.MailSender;

public record MailingUsers(MailSender sender) {
}
