package io.millrace.api.files;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.millrace.api.ApiUnderTest;
import io.millrace.api.ApiUnderTest.Answer;

import static org.assertj.core.api.Assertions.assertThat;

class FileLimitsTest {

    private static final ApiUnderTest API = ApiUnderTest.start("millrace.files.quota.per-key=100B",
            "millrace.files.antivirus.host=127.0.0.1", "millrace.files.antivirus.port=1");

    /** Without a scanner, whose absence would be all that there is to see. */
    private static final ApiUnderTest UNSCANNED = ApiUnderTest.start("millrace.files.quota.per-key=100B");

    @AfterAll
    static void stop() {
        API.close();
        UNSCANNED.close();
    }

    @Test
    void refusesWhatIsOverTheQuotaOfTheKeyUntilSomethingIsDeleted() {
        Answer first = upload(UNSCANNED, "", "a".repeat(60));
        assertThat(first.status()).isEqualTo(201);

        Answer refused = upload(UNSCANNED, "", "b".repeat(41));

        assertThat(refused.status()).isEqualTo(413);
        assertThat(refused.json().path("type").asString()).isEqualTo("/problems/storage-quota-exceeded");
        assertThat(refused.json().path("used").asLong()).isEqualTo(60);
        assertThat(refused.json().path("limit").asLong()).isEqualTo(100);
        assertThat(UNSCANNED.delete(first.header("Location")).status()).isEqualTo(204);
        Answer later = upload(UNSCANNED, "?expiresIn=P7D", "b".repeat(41));
        assertThat(later.status()).isEqualTo(201);
        var file = later.json().path("file");
        assertThat(Duration.between(Instant.parse(file.path("createdAt").asString()),
                Instant.parse(file.path("expiresAt").asString()))).isBetween(Duration.ofDays(7),
                        Duration.ofDays(7).plusMinutes(5));
        assertThat(file.path("detectedType").asString()).isEqualTo("text/plain");
    }

    @ParameterizedTest
    @ValueSource(strings = {"7d", "P0D", "-P1D", "P36501D", ""})
    void namesTheLifetimesThereAre(String expiresIn) {
        Answer answer = upload(UNSCANNED, "?expiresIn=" + expiresIn, "a");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.errorFields()).containsExactly("expiresIn");
    }

    @Test
    void takesNothingWhileTheVirusScannerIsAway() {
        Answer answer = upload(API, "", "unseen");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.json().path("type").asString()).isEqualTo("/problems/unavailable");
        assertThat(answer.header("Retry-After")).isNotEmpty();
    }

    private static Answer upload(ApiUnderTest api, String query, String content) {
        return api.post("/files" + query, content, "Content-Type", "text/plain", "Content-Disposition",
                "attachment; filename=\"a.txt\"");
    }
}
