package io.millrace.core.mail;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class UnsubscribeLinksTest {

    private static final String KEY = "thirty-two characters, or more of it";
    private static final String OTHER_KEY = "another key of thirty-two characters";
    private static final Unsubscription ANN = new Unsubscription("Ann@bücher.example", "news");

    private final UnsubscribeLinks links = links(KEY);

    @Test
    void leadToWhatTheyAreFor() {
        String link = links.write(ANN).orElseThrow();

        assertThat(link).matches("https://api\\.example\\.org/unsubscribe/[A-Za-z0-9_-]+");
        assertThat(links.read(token(link))).contains(ANN);
        assertThat(links.write(ANN)).contains(link);
        assertThat(links.write(new Unsubscription("bob@example.org", "news"))).isNotEqualTo(links.write(ANN));
    }

    @Test
    void fitWhateverAddressMailIsSentTo() {
        var longest = new Unsubscription("a".repeat(242) + "@example.org", "x".repeat(50));

        assertThat(links.read(token(links.write(longest).orElseThrow()))).contains(longest);
    }

    @Test
    void sayNothingToWhoHasNoKey() {
        byte[] token = Base64.getUrlDecoder().decode(token(links.write(ANN).orElseThrow()));

        assertThat(new String(token, StandardCharsets.UTF_8)).doesNotContain("Ann", "example", "news");
    }

    @Test
    void areNoneOnceACharacterHasChanged() {
        String token = token(links.write(ANN).orElseThrow());

        for (int i = 0; i < token.length(); i++) {
            char other = token.charAt(i) == 'A' ? 'B' : 'A';
            assertThat(links.read(token.substring(0, i) + other + token.substring(i + 1))).isEmpty();
            assertThat(links.read(token.substring(0, i))).isEmpty();
        }
        assertThat(links.read(token + "A")).isEmpty();
        assertThat(links.read(token + "=")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "AQ", "%00", "a b", "ы"})
    void areNotWhateverText(String text) {
        assertThat(links.read(text)).isEmpty();
        assertThat(links.read("A".repeat(100_000))).isEmpty();
    }

    @Test
    void outliveTheExchangeOfTheKey() {
        String old = token(links.write(ANN).orElseThrow());

        assertThat(links(OTHER_KEY).read(old)).isEmpty();
        assertThat(links(OTHER_KEY, KEY).read(old)).contains(ANN);
        assertThat(links(OTHER_KEY, KEY).write(ANN)).isEqualTo(links(OTHER_KEY).write(ANN));
    }

    @Test
    void areNotWrittenByWhoWasNotToldHow() {
        assertThat(new UnsubscribeLinks(new UnsubscribeSettings("", KEY, List.of())).write(ANN)).isEmpty();
        assertThat(new UnsubscribeLinks(new UnsubscribeSettings("https://a.example", "", List.of())).write(ANN))
                .isEmpty();
        assertThat(new UnsubscribeLinks(new UnsubscribeSettings("", "", List.of())).read("x")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"api.example.org", "ftp://a.example", "https://a.example?x=y", "https://a.example/<x>",
            "https://a.example\r\nBcc: b@example.org", "https://a b"})
    void areNotWrittenToWhereNobodyGets(String url) {
        assertThatIllegalArgumentException().isThrownBy(() -> new UnsubscribeSettings(url, KEY, List.of()))
                .withMessageContaining("millrace.unsubscribe.url");
    }

    @Test
    void areNotSealedWithWhatCanBeGuessed() {
        assertThatIllegalArgumentException().isThrownBy(() -> new UnsubscribeSettings("", "short", List.of()))
                .withMessageContaining("millrace.unsubscribe.key");
        assertThatIllegalArgumentException().isThrownBy(() -> new UnsubscribeSettings("", KEY, List.of("short")));
        assertThat(new UnsubscribeSettings("", KEY, List.of(OTHER_KEY)).toString()).doesNotContain(KEY, OTHER_KEY);
    }

    private static UnsubscribeLinks links(String key, String... accepted) {
        return new UnsubscribeLinks(new UnsubscribeSettings("https://api.example.org/", key, List.of(accepted)));
    }

    private static String token(String link) {
        return link.substring(link.lastIndexOf('/') + 1);
    }
}
