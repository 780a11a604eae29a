package io.millrace.api.mail;

import java.util.Locale;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.millrace.api.ApiUnderTest;

import static org.assertj.core.api.Assertions.assertThat;

final class SuppressionControllerTest {

    private final ApiUnderTest api = ApiUnderTest.shared();
    private final String address = UUID.randomUUID() + "@bücher.example";

    @Test
    void keepsAnAddressOnceInItsOneSpelling() {
        var kept = api.put("/mail/suppressions", "{\"address\": \"" + address + "\"}");
        var again = api.put("/mail/suppressions",
                "{\"address\": \"" + address.toUpperCase(Locale.ROOT) + "\", \"reason\": \"HARD_BOUNCE\"}");

        assertThat(kept.status()).isEqualTo(200);
        assertThat(kept.json().path("address").asString()).isEqualTo(address.replace("bücher", "xn--bcher-kva"));
        assertThat(kept.json().path("reason").asString()).isEqualTo("MANUAL");
        assertThat(kept.json().path("category").isNull()).isTrue();
        assertThat(again.json()).isEqualTo(kept.json());
    }

    @Test
    void listsThemByPageAndAddress() {
        var first = api.put("/mail/suppressions", "{\"address\": \"" + address + "\"}").json();
        var second = api.put("/mail/suppressions", "{\"address\": \"" + address + "\", \"category\": \"news\"}").json();
        String query = "?limit=1&address=" + address.replace("ü", "%C3%BC");

        var page = api.get("/mail/suppressions" + query).json();
        var next = api.get("/mail/suppressions" + query + "&cursor=" + page.at("/pagination/nextCursor").asString())
                .json();

        assertThat(page.path("data")).containsExactly(second);
        assertThat(next.path("data")).containsExactly(first);
        assertThat(next.at("/pagination/hasNext").asBoolean()).isFalse();
        assertThat(api.get("/mail/suppressions?limit=1").json().path("data")).hasSize(1);
        assertThat(
                api.get("/mail/suppressions?limit=1&cursor=" + page.at("/pagination/nextCursor").asString()).status())
                .isEqualTo(400);
    }

    @Test
    void letsMailGoAgain() {
        String id = api.put("/mail/suppressions", "{\"address\": \"" + address + "\"}").json().path("id").asString();

        assertThat(api.delete("/mail/suppressions/" + id).status()).isEqualTo(204);
        assertThat(api.delete("/mail/suppressions/" + id).status()).isEqualTo(404);
        assertThat(api.delete("/mail/suppressions/x").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"address\": \"ann\"}", "{\"address\": \"Ann <ann@example.org>\"}",
            "{\"address\": \"ann@example.org\", \"reason\": \"OTHER\"}",
            "{\"address\": \"ann@example.org\", \"category\": \"Two words\"}",
            "{\"address\": \"ann@example.org\", \"more\": 1}"})
    void refusesWhatIsNone(String body) {
        var answer = api.put("/mail/suppressions", body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().at("/errors/0/field").isMissingNode()).isFalse();
    }
}
