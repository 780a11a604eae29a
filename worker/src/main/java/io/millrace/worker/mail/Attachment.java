package io.millrace.worker.mail;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Locale;
import jakarta.activation.DataSource;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.ParseException;

import org.jspecify.annotations.Nullable;

import io.millrace.core.files.FileStore;
import io.millrace.core.files.StoredFile;

/**
 * A stored file in a letter. Its content is opened each time the letter is written, and read as it is sent: no more of it than the
 * store's buffer is ever in memory.
 */
record Attachment(StoredFile file, FileStore store) implements DataSource {

    private static final String ANY_BYTES = "application/octet-stream";

    @Override
    public InputStream getInputStream() {
        return store.open(file);
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        throw new IOException("an attachment is read only");
    }

    /** As the file was declared, if a mail can say that of bytes. */
    @Override
    public String getContentType() {
        return typeOf(file.contentType());
    }

    /** One line, without what would end a header or name a folder. */
    @Override
    public String getName() {
        String name = file.name().replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}/\\\\]+", "_").strip();
        return name.isEmpty() ? "file" : name;
    }

    private static String typeOf(@Nullable String declared) {
        try {
            var type = new ContentType(declared == null ? ANY_BYTES : declared);
            // Mail has its own meaning for these, and their content would be taken apart.
            boolean isOfMail = type.getPrimaryType().equalsIgnoreCase("message")
                    || type.getPrimaryType().equalsIgnoreCase("multipart");
            String plain = type.getBaseType().toLowerCase(Locale.ROOT);
            if (isOfMail || !plain.matches("[a-z0-9.+-]{1,60}/[a-z0-9.+-]{1,80}")) {
                return ANY_BYTES;
            }
            String charset = type.getParameter("charset");
            return charset != null && charset.matches("[A-Za-z0-9._:-]{1,40}") ? plain + "; charset=" + charset : plain;
        } catch (ParseException e) {
            return ANY_BYTES;
        }
    }
}
