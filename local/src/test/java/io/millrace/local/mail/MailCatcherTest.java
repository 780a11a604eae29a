package io.millrace.local.mail;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Properties;
import java.util.stream.StreamSupport;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.millrace.testkit.FreePort;

import static org.assertj.core.api.Assertions.assertThat;

class MailCatcherTest {

    private final int smtpPort = FreePort.find();
    private final int pagePort = FreePort.find();
    private final HttpClient http = HttpClient.newHttpClient();
    private MailCatcher catcher;

    @BeforeEach
    void start() {
        catcher = MailCatcher.start(smtpPort, pagePort, 2);
    }

    @AfterEach
    void stop() {
        catcher.close();
        http.close();
    }

    @Test
    void showsAMailWithBothItsPartsAndItsHeadersAsJson() throws Exception {
        send("Grüße an 李小龍", "Hallo Zoë", "<p>Hallo Zoë</p>", "zoe@example.org");

        var mail = messages("").get(0);

        assertThat(mail.get("id").stringValue()).isEqualTo("1");
        assertThat(mail.get("from").stringValue()).isEqualTo("no-reply@example.org");
        assertThat(mail.get("to").stringValue()).isEqualTo("zoe@example.org");
        assertThat(mail.get("subject").stringValue()).isEqualTo("Grüße an 李小龍");
        assertThat(mail.get("text").stringValue().strip()).isEqualTo("Hallo Zoë");
        assertThat(mail.get("html").stringValue().strip()).isEqualTo("<p>Hallo Zoë</p>");
        assertThat(mail.at("/headers/From").stringValue()).isEqualTo("Ångström <no-reply@example.org>");
        assertThat(mail.at("/headers/Message-ID").stringValue()).startsWith("<");
    }

    @Test
    void showsAMailToManyOnce() throws Exception {
        send("Hello", "Hello", null, "ada@example.org", "grace@example.org");

        var mails = messages("");

        assertThat(mails.size()).isEqualTo(1);
        assertThat(mails.at("/0/to").stringValue()).isEqualTo("ada@example.org, grace@example.org");
        assertThat(mails.at("/0/html").isNull()).isTrue();
    }

    @Test
    void keepsTheLatestOnly() throws Exception {
        for (int i = 1; i <= 4; i++) {
            send("mail " + i, "text", null, "ada@example.org");
        }

        assertThat(
                StreamSupport.stream(messages("").spliterator(), false).map(mail -> mail.get("subject").stringValue()))
                .containsExactly("mail 4", "mail 3");
    }

    @Test
    void findsTheMailsToAnAddress() throws Exception {
        send("for Ada", "text", null, "ada+1@example.org");
        send("for Grace", "text", null, "grace@example.org");

        assertThat(messages("?wait=PT5S&to=ada%2B1@example.org").at("/0/subject").stringValue()).isEqualTo("for Ada");
        assertThat(messages("?to=nobody@example.org").size()).isZero();
        assertThat(get("/messages?wait=soon").statusCode()).isEqualTo(400);
    }

    @Test
    void escapesWhatCameByMail() throws Exception {
        send("<script>alert(1)</script>", "</pre><img src=x onerror=alert(2)>", "<script>alert(3)</script>",
                "ada@example.org");

        var page = get("/");

        assertThat(page.body()).contains("&lt;script&gt;alert(1)", "&lt;/pre&gt;&lt;img")
                .doesNotContain("<script", "<img");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse("")).startsWith("default-src 'none'");
    }

    @Test
    void showsHtmlInASandboxOnly() throws Exception {
        send("html", "text", "<script>alert(3)</script>", "ada@example.org");

        var html = get("/messages/1/html");

        assertThat(html.body()).contains("<script>alert(3)</script>");
        assertThat(html.headers().firstValue("Content-Security-Policy").orElse(""))
                .startsWith("sandbox; default-src 'none'");
        assertThat(get("/messages/2/html").statusCode()).isEqualTo(404);
        assertThat(get("/elsewhere").statusCode()).isEqualTo(404);
    }

    private void send(String subject, String text, @Nullable String html, String... to)
            throws Exception {
        var settings = new Properties();
        settings.put("mail.smtp.host", "127.0.0.1");
        settings.put("mail.smtp.port", "" + smtpPort);
        var message = new MimeMessage(Session.getInstance(settings));
        message.setFrom(new InternetAddress("no-reply@example.org", "Ångström", "UTF-8"));
        for (String address : to) {
            message.addRecipient(RecipientType.TO, new InternetAddress(address));
        }
        message.setSubject(subject, "UTF-8");
        if (html == null) {
            message.setText(text, "UTF-8");
        } else {
            var plain = new MimeBodyPart();
            plain.setText(text, "UTF-8");
            var marked = new MimeBodyPart();
            marked.setText(html, "UTF-8", "html");
            message.setContent(new MimeMultipart("alternative", plain, marked));
        }
        Transport.send(message);
    }

    private JsonNode messages(String query) throws Exception {
        return JsonMapper.shared().readTree(get("/messages" + query).body());
    }

    private HttpResponse<String> get(String path) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + pagePort + path)).build();
        return http.send(request, BodyHandlers.ofString());
    }
}
