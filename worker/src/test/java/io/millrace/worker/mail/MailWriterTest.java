package io.millrace.worker.mail;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import jakarta.mail.Address;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Letters as they go over the wire, and as a mail program takes them apart. */
class MailWriterTest {

    private static final String ID = "<1@millrace.example>";
    private static final Recipient ANN = Recipient.of("ann@example.org", null);

    private final MailWriter writer = new MailWriter(Postmen.settings(), Clock.fixed(Postmen.NOW, ZoneOffset.UTC));

    @Test
    void putsAnImageBesideTheTextsThatShowIt() throws Exception {
        var image = new InlineImage("logo@millrace", named("logo.png", new byte[]{1, 2, 3}));
        var mail = received(new Letter(Addressees.only(ANN), "s", "text", "<img src='cid:logo@millrace'>",
                List.of(image), List.of(), null));

        assertThat(mail.getContentType()).startsWith("multipart/related; type=\"multipart/alternative\"");
        var related = (MimeMultipart) mail.getContent();
        assertThat(related.getCount()).isEqualTo(2);
        var texts = (MimeMultipart) related.getBodyPart(0).getContent();
        assertThat(texts.getContentType()).startsWith("multipart/alternative");
        assertThat(texts.getBodyPart(0).getContent()).isEqualTo("text");
        assertThat(texts.getBodyPart(1).getContent()).isEqualTo("<img src='cid:logo@millrace'>");
        var shown = related.getBodyPart(1);
        assertThat(shown.getHeader("Content-ID")).containsExactly("<logo@millrace>");
        assertThat(shown.getDisposition()).isEqualTo("inline");
        assertThat(shown.getContentType()).isEqualTo("image/png");
        assertThat(shown.getInputStream()).hasBinaryContent(new byte[]{1, 2, 3});
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "я", "🚲", "= ", "."})
    void makesNoLineLongerThanSmtpTakes(String one) throws Exception {
        String text = one.repeat(20_000);
        var many = IntStream.range(0, 49).mapToObj(i -> Recipient.of("n" + "x".repeat(60) + i + "@example.org", null))
                .toList();
        var letter = new Letter(new Addressees(List.of(ANN), many, List.of(), null), one.repeat(100), text, text,
                List.of(), List.of(), null);

        String raw = raw(letter);

        assertThat(raw.split("\r\n", -1)).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(998));
        assertThat(raw.chars()).allMatch(c -> c < 128);
        var mail = parsed(raw);
        var texts = (MimeMultipart) mail.getContent();
        assertThat(texts.getBodyPart(0).getContent()).isEqualTo(text);
        assertThat(texts.getBodyPart(1).getContent()).isEqualTo(text);
        assertThat(mail.getSubject().strip()).isEqualTo(one.repeat(100).strip());
        assertThat(mail.getRecipients(RecipientType.CC)).hasSize(49);
    }

    @Test
    void carriesARussianSubjectInAscii() throws Exception {
        String subject = "Добро пожаловать: подъём в 7:00, ёлки — «да»";
        String raw = raw(letter(subject));

        assertThat(raw.chars()).allMatch(c -> c < 128);
        assertThat(parsed(raw).getSubject()).isEqualTo(subject);
    }

    @Test
    void showsCopiesToAllAndBlindCopiesToNobody() throws Exception {
        var bob = Recipient.of("bob@example.org", null);
        var cid = Recipient.of("cid@example.org", null);
        var letter = new Letter(new Addressees(List.of(ANN), List.of(bob), List.of(cid), null), "s", "text", null,
                List.of(), List.of(), null);

        assertThat(letter.recipients()).containsExactly(ANN, bob, cid);
        assertThat(addresses(writer.write(letter, ID).getAllRecipients())).containsExactly("ann@example.org",
                "bob@example.org", "cid@example.org");
        assertThat(raw(letter)).contains("Cc: bob@example.org\r\n").doesNotContain("cid@example.org");
    }

    @Test
    void writesNoToWhereNobodyIsLeftInIt() throws Exception {
        var letter = new Letter(new Addressees(List.of(), List.of(ANN), List.of(), null), "s", "text", null, List.of(),
                List.of(), null);

        assertThat(received(letter).getHeader("To")).isNull();
        assertThat(addresses(received(letter).getAllRecipients())).containsExactly("ann@example.org");
    }

    @Test
    void writesInternationalDomainsInAscii() throws Exception {
        var letter = new Letter(
                new Addressees(List.of(Recipient.of("zoe@bücher.example", "Zoë")),
                        List.of(Recipient.of("ivan@почта.рф", null)), List.of(),
                        Recipient.ofReplies("answers@пример.рф")),
                "s", "text", null, List.of(), List.of(), null);

        var mail = received(letter);

        assertThat(mail.getRecipients(RecipientType.TO))
                .containsExactly(new InternetAddress("zoe@xn--bcher-kva.example"));
        assertThat(addresses(mail.getRecipients(RecipientType.CC))).containsExactly("ivan@xn--80a1acny.xn--p1ai");
        assertThat(addresses(mail.getReplyTo())).containsExactly("answers@xn--e1afmkfd.xn--p1ai");
    }

    @Test
    void saysWhereToUnsubscribeByOneClick() throws Exception {
        String link = "https://api.example.org/unsubscribe/" + "x".repeat(500);
        var letter = new Letter(Addressees.only(ANN), "s", "text", null, List.of(), List.of(), link);

        assertThat(raw(letter)).contains("\r\nList-Unsubscribe: <" + link + ">\r\n")
                .contains("\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n");
        assertThat(raw(letter("s"))).doesNotContain("List-Unsubscribe");
    }

    @Test
    void keepsTheMessageIdHoweverOftenItIsSaved() throws Exception {
        var message = writer.write(letter("s"), ID);
        message.saveChanges();

        assertThat(message.getHeader("Message-ID")).containsExactly(ID);
    }

    private static Letter letter(String subject) {
        return new Letter(ANN, subject, "text", null);
    }

    private static ByteArrayDataSource named(String name, byte[] content) {
        var source = new ByteArrayDataSource(content, "image/png");
        source.setName(name);
        return source;
    }

    private static List<String> addresses(Address[] addresses) {
        return Arrays.stream(addresses).map(address -> ((InternetAddress) address).getAddress()).toList();
    }

    private MimeMessage received(Letter letter) throws Exception {
        return parsed(raw(letter));
    }

    /** As Jakarta Mail's transport sends it. */
    private String raw(Letter letter) throws Exception {
        var out = new ByteArrayOutputStream();
        writer.write(letter, ID).writeTo(out, new String[]{"Bcc"});
        return out.toString(StandardCharsets.ISO_8859_1);
    }

    private static MimeMessage parsed(String raw) throws Exception {
        return new MimeMessage((@Nullable Session) null,
                new ByteArrayInputStream(raw.getBytes(StandardCharsets.ISO_8859_1)));
    }
}
