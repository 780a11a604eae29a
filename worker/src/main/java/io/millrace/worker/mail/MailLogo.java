package io.millrace.worker.mail;

import java.io.IOException;
import jakarta.mail.util.ByteArrayDataSource;

import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/** The image at the head of our mails: in each of them, because mail programs load none from elsewhere unasked. */
@Component
final class MailLogo {

    /** How HTML names it. */
    static final String ID = "logo@millrace";

    private final InlineImage image;

    /**
     * Reads it once.
     *
     * @throws IOException
     *             if it is not there
     */
    MailLogo() throws IOException {
        var content = new ByteArrayDataSource(
                new ClassPathResource("templates/mail/logo.png").getContentAsByteArray(), "image/png");
        content.setName("logo.png");
        this.image = new InlineImage(ID, content);
    }

    InlineImage image() {
        return image;
    }
}
