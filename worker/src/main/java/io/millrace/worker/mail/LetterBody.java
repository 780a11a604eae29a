package io.millrace.worker.mail;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import jakarta.activation.DataHandler;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.internet.ContentDisposition;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimePart;
import jakarta.mail.internet.ParameterList;

/**
 * What a letter says, as parts within parts: {@code mixed(related(alternative(text, html), images), attachments)}, with those
 * layers left out that would hold one part only.
 */
sealed interface LetterBody {

    /** Becomes the content of a message or of a part. */
    void fill(MimePart part) throws MessagingException;

    static LetterBody of(Letter letter) {
        LetterBody said = new Words(letter.text(), "plain");
        if (letter.html() != null) {
            said = new Several("alternative", List.of(said, new Words(letter.html(), "html")));
        }
        if (!letter.images().isEmpty()) {
            said = new Several("related; type=\"multipart/alternative\"",
                    joined(said, letter.images().stream().map(Shown::new).toList()));
        }
        return letter.attachments().isEmpty()
                ? said
                : new Several("mixed", joined(said, letter.attachments().stream().map(Attached::new).toList()));
    }

    private static List<LetterBody> joined(LetterBody first, List<? extends LetterBody> others) {
        var all = new ArrayList<LetterBody>(others);
        all.addFirst(first);
        return all;
    }

    /** A text; Jakarta Mail encodes what would not pass as it is, long lines too. */
    record Words(String text, String subtype) implements LetterBody {

        @Override
        public void fill(MimePart part) throws MessagingException {
            part.setText(text, StandardCharsets.UTF_8.name(), subtype);
        }
    }

    /** Parts side by side. */
    record Several(String subtype, List<LetterBody> parts) implements LetterBody {

        @Override
        public void fill(MimePart part) throws MessagingException {
            var several = new MimeMultipart(subtype);
            for (LetterBody one : parts) {
                var filled = new MimeBodyPart();
                one.fill(filled);
                several.addBodyPart(filled);
            }
            part.setContent(several);
        }
    }

    /** An image in the HTML. */
    record Shown(InlineImage image) implements LetterBody {

        @Override
        public void fill(MimePart part) throws MessagingException {
            part.setDataHandler(new DataHandler(image.content()));
            part.setHeader("Content-Type", image.content().getContentType());
            part.setHeader("Content-ID", "<" + image.id() + ">");
            part.setHeader("Content-Transfer-Encoding", "base64");
            name(part, Part.INLINE, image.content().getName());
        }
    }

    /** A file. */
    record Attached(Attachment attachment) implements LetterBody {

        @Override
        public void fill(MimePart part) throws MessagingException {
            part.setDataHandler(new DataHandler(attachment));
            // Left to Jakarta Mail, it would have the name in it too, in the platform's character set.
            part.setHeader("Content-Type", attachment.getContentType());
            // Said beforehand, or Jakarta Mail reads the whole file to choose one.
            part.setHeader("Content-Transfer-Encoding", "base64");
            name(part, Part.ATTACHMENT, attachment.getName());
        }
    }

    /** By RFC 2231 where the name is not ASCII or long, whatever the platform's character set. */
    private static void name(MimePart part, String disposition, String name) throws MessagingException {
        var parameters = new ParameterList();
        parameters.set("filename", name, StandardCharsets.UTF_8.name());
        part.setHeader("Content-Disposition", new ContentDisposition(disposition, parameters).toString());
    }
}
