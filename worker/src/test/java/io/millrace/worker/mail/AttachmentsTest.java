package io.millrace.worker.mail;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.SharedFileInputStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.millrace.core.files.FileStore;
import io.millrace.core.files.StoredFile;
import io.millrace.core.mail.SendEmail;
import io.millrace.jobs.PermanentFailure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

/** Stored files in letters, from the store to what goes over the wire. */
class AttachmentsTest {

    private static final int MEGABYTE = 1024 * 1024;

    private final FileStore store = Postmen.worker().bean(FileStore.class);
    private final WriteEmail letters = Postmen.worker().bean(WriteEmail.class);
    private final MailWriter writer = new MailWriter(Postmen.settings(), Clock.fixed(Postmen.NOW, ZoneOffset.UTC));

    @TempDir
    private Path folder = Path.of("");

    @Test
    void followTheTexts() throws Exception {
        var first = stored("a.csv", "text/csv", "a,b\n");
        var second = stored("b.bin", null, "\0\1");

        var mail = sent("<p>html</p>", first, second);

        assertThat(mail.getContentType()).startsWith("multipart/mixed");
        var parts = (MimeMultipart) mail.getContent();
        assertThat(parts.getCount()).isEqualTo(3);
        assertThat(parts.getBodyPart(0).getContentType()).startsWith("multipart/alternative");
        assertThat(parts.getBodyPart(1).getContentType()).isEqualTo("text/csv");
        assertThat(parts.getBodyPart(1).getDisposition()).isEqualTo("attachment");
        assertThat(parts.getBodyPart(1).getInputStream()).hasContent("a,b\n");
        assertThat(parts.getBodyPart(2).getContentType()).isEqualTo("application/octet-stream");
        assertThat(parts.getBodyPart(2).getInputStream()).hasBinaryContent(new byte[]{0, 1});
    }

    @ParameterizedTest
    @ValueSource(strings = {"report.csv", "отчёт за неделю.csv", "a \"b\"; c.txt", "it's 100%.txt", "李.txt",
            "очень длинное имя файла, которое не помещается в одну строку заголовка и делится на несколько частей.pdf"})
    void keepTheirNames(String name) throws Exception {
        assertThat(attached(stored(name, "text/plain", "x")).getFileName()).isEqualTo(name);
    }

    @Test
    void writeNamesThatAreNotAsciiByRfc2231() throws Exception {
        var part = attached(stored("отчёт.csv", "text/csv", "x"));

        assertThat(part.getHeader("Content-Disposition", null))
                .matches("attachment;\\s+filename\\*=UTF-8''%D0%BE%D1%82%D1%87%D1%91%D1%82\\.csv");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"x\\r\\nBcc: bob@example.org | x_Bcc: bob@example.org",
            "x\\n\\n<script> | x_<script>", "../../etc/passwd | .._.._etc_passwd", "aRLOgpj.exe | a_gpj.exe"})
    void cannotAddAHeaderByTheirNames(String escaped, String name) throws Exception {
        var part = attached(stored(escaped.translateEscapes().replace("RLO", "\u202E"), "text/plain", "x"));

        assertThat(part.getFileName()).isEqualTo(name);
        assertThat(part.getHeader("Bcc")).isNull();
        assertThat(part.getInputStream()).hasContent("x");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"text/csv;charset=windows-1251 | text/csv; charset=windows-1251",
            "TEXT/HTML | text/html", "image/svg+xml | image/svg+xml", "message/rfc822 | application/octet-stream",
            "multipart/mixed; boundary=x | application/octet-stream", "nonsense | application/octet-stream",
            "text/plain\\r\\nX: y | application/octet-stream", "text/<b> | application/octet-stream"})
    void haveATypeThatAMailCanSay(String declared, String type) throws Exception {
        var part = attached(stored("a", declared.translateEscapes(), "x"));

        assertThat(part.getContentType()).isEqualTo(type);
        assertThat(part.getHeader("X")).isNull();
        assertThat(part.getInputStream()).hasContent("x");
    }

    @Test
    void mayHave25MegabytesTogetherAndNotAByteMore() throws Exception {
        var large = store.store("large.bin", null, zeros(25L * MEGABYTE));
        var one = stored("one.bin", null, "x");

        var part = attached(large);

        assertThat(store.store("again.bin", null, part.getInputStream()).sha256()).isEqualTo(large.sha256());
        assertThatExceptionOfType(PermanentFailure.class).isThrownBy(() -> letter(null, large, one)).withMessage(
                "the attachments have 26214401 bytes together, more than the 26214400 of millrace.mail.max-attachments");
    }

    @Test
    void areReadAsTheyAreWritten() throws Exception {
        var large = store.store("large.bin", null, zeros(8L * MEGABYTE));
        MimeMessage message = writer.write(letter(null, large), "<1@millrace.example>");
        var out = new DeletingAfter(MEGABYTE, () -> store.delete(large.id()));

        assertThatIOException().as("its end was not read before its beginning was written")
                .isThrownBy(() -> message.writeTo(out));
        assertThat(out.written).isLessThan(8L * MEGABYTE);
    }

    @Test
    void areNamedWhereTheyAreGone() {
        var gone = new UUID(1, 2);

        assertThatExceptionOfType(PermanentFailure.class).isThrownBy(
                () -> letters
                        .write(new SendEmail("ann@example.org", "s", "t", null, null, null, null, List.of(gone), null)))
                .withMessage("there is no file " + gone + " to attach");
    }

    private StoredFile stored(String name, @Nullable String type, String content) throws IOException {
        return store.store(name, type, new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)));
    }

    private Letter letter(@Nullable String html, StoredFile... files) throws MailNotConfigured {
        return letters.write(new SendEmail("ann@example.org", "s", "text", html, null, null, null,
                List.of(files).stream().map(StoredFile::id).toList(), null));
    }

    private MimeBodyPart attached(StoredFile file) throws Exception {
        return (MimeBodyPart) ((MimeMultipart) sent(null, file).getContent()).getBodyPart(1);
    }

    private MimeMessage sent(@Nullable String html, StoredFile... files) throws Exception {
        Path raw = folder.resolve(UUID.randomUUID().toString());
        try (var out = Files.newOutputStream(raw)) {
            writer.write(letter(html, files), "<1@millrace.example>").writeTo(out);
        }
        return new MimeMessage((@Nullable Session) null, new SharedFileInputStream(raw.toFile()));
    }

    private static InputStream zeros(long length) {
        return new InputStream() {

            private long left = length;

            @Override
            public int read() {
                return left-- > 0 ? 0 : -1;
            }

            @Override
            public int read(byte[] into, int offset, int wanted) {
                int read = (int) Math.min(left, wanted);
                left -= read;
                return read == 0 ? -1 : read;
            }
        };
    }

    /** Does something once so many bytes have been written. */
    private static final class DeletingAfter extends OutputStream {

        private final long bytes;
        private final Runnable then;
        private long written;

        DeletingAfter(long bytes, Runnable then) {
            this.bytes = bytes;
            this.then = then;
        }

        @Override
        public void write(int one) {
            written++;
            if (written == bytes) {
                then.run();
            }
        }
    }
}
