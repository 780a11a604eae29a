package io.millrace.api.unsubscribe;

import java.util.UUID;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.millrace.api.ApiUnderTest;
import io.millrace.core.mail.SuppressionReason;
import io.millrace.core.mail.Suppressions;
import io.millrace.core.mail.UnsubscribeLinks;
import io.millrace.core.mail.Unsubscription;

import static org.assertj.core.api.Assertions.assertThat;

/** Links from mails, as people and mail programs follow them, who have no key. */
final class UnsubscribeTest {

    private static ApiUnderTest api;

    private final String address = UUID.randomUUID() + "@example.org";

    @BeforeAll
    static void start() {
        api = ApiUnderTest.start("millrace.api.open=false", "millrace.api.keys=a-key-of-this-test",
                "millrace.unsubscribe.url=https://api.example.org",
                "millrace.unsubscribe.key=" + ApiUnderTest.PAGING_KEY);
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void changesNothingByALook() {
        var page = api.get(path());

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).isEqualTo("text/html;charset=UTF-8");
        assertThat(page.header("Content-Security-Policy")).contains("default-src 'none'", "form-action 'self'");
        assertThat(page.header("Cache-Control")).isEqualTo("no-store");
        assertThat(page.body()).contains("<form method=\"post\">").doesNotContain(address);
        assertThat(api.send("HEAD", path(), null).status()).isEqualTo(200);
        assertThat(isSuppressed("news")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"application/x-www-form-urlencoded | List-Unsubscribe=One-Click",
            "multipart/form-data; boundary=b | --b\\r\\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\\r\\n\\r\\nOne-Click\\r\\n--b--",
            "application/x-www-form-urlencoded | ''"})
    void takesTheAddressOffTheListByOneClick(String type, String body) {
        var answer = api.send("POST", path(), body.translateEscapes(), "Content-Type", type);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).contains("You are unsubscribed");
        assertThat(isSuppressed("news")).isTrue();
        assertThat(isSuppressed("offers")).isFalse();
        assertThat(api.send("POST", path(), body, "Content-Type", type).status()).isEqualTo(200);
        assertThat(api.bean(Suppressions.class).find(address, "news").orElseThrow().reason())
                .isEqualTo(SuppressionReason.UNSUBSCRIBED);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"ru-RU,ru;q=0.9,en;q=0.8 | Отписаться", "de, ru;q=0.5 | Отписаться",
            "en-GB | Unsubscribe", "de | Unsubscribe", "*;;=q | Unsubscribe"})
    void speaksTheLanguageOfTheReader(String languages, String button) {
        assertThat(api.get(path(), "Accept-Language", languages).body()).contains(">" + button + "</button>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST"})
    void knowsNoOtherLinks(String method) {
        String path = path();
        String altered = path.substring(0, path.length() - 2) + (path.endsWith("AA") ? "BB" : "AA");

        assertThat(api.send(method, altered, null).status()).isEqualTo(404);
        assertThat(api.send(method, "/unsubscribe/x", null).status()).isEqualTo(404);
        assertThat(isSuppressed("news")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/unsubscribe", "/unsubscribe/", "/unsubscribe/x/y", "/unsubscribe/..%2fusers",
            "/unsubscribe/%61", "/mail/suppressions"})
    void opensNothingElse(String path) {
        assertThat(api.get(path).status()).isIn(400, 401);
    }

    private String path() {
        String link = api.bean(UnsubscribeLinks.class).write(new Unsubscription(address, "news")).orElseThrow();
        return link.substring("https://api.example.org".length());
    }

    private boolean isSuppressed(String category) {
        return api.bean(Suppressions.class).find(address, category).isPresent();
    }
}
