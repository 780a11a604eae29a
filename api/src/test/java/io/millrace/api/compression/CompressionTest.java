package io.millrace.api.compression;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.millrace.api.ApiUnderTest;

import static org.assertj.core.api.Assertions.assertThat;

final class CompressionTest {

    private static final ApiUnderTest API = ApiUnderTest.shared();
    private static final String ALL = "gzip, deflate, br, zstd";
    private static final String LARGE_JSON = "/answers/text?size=5000&type=application/json";

    @ParameterizedTest
    @ValueSource(strings = {"zstd", "br", "gzip"})
    void sendsTheCodingThatIsAskedFor(String coding) {
        var answer = Received.get(API, LARGE_JSON, "Accept-Encoding", coding);

        assertThat(answer.header("Content-Encoding")).isEqualTo(coding);
        assertThat(answer.wireBytes()).isLessThan(500);
        assertThat(answer.text()).isEqualTo(text(5000));
        assertThat(answer.headers("Vary")).containsExactly("Accept-Encoding");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                                            gzip, deflate, br, zstd    | zstd
                                            gzip;q=1, br;q=0.2         | gzip
                                            zstd;q=0, *                | br
                                            *;q=0                      | ''
                                            identity, gzip;q=0.5       | ''
                                            deflate                    | ''
                                            """)
    void choosesByWeight(String acceptEncoding, String coding) {
        var answer = Received.get(API, LARGE_JSON, "Accept-Encoding", acceptEncoding);

        assertThat(answer.header("Content-Encoding")).isEqualTo(coding);
        assertThat(answer.text()).isEqualTo(text(5000));
        assertThat(answer.headers("Vary")).containsExactly("Accept-Encoding");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "application/json;charset=UTF-8", "application/problem+json",
            "application/x-ndjson", "text/csv", "text/plain", "text/html"})
    void compressesText(String type) {
        assertThat(Received.get(API, "/answers/text?size=1000&type=" + type.replace("+", "%2B"), "Accept-Encoding", ALL)
                .header("Content-Encoding")).isEqualTo("zstd");
    }

    @ParameterizedTest
    @ValueSource(strings = {"image/png", "image/svg+xml", "application/zip", "application/gzip",
            "application/octet-stream", "text/event-stream", "video/mp4"})
    void leavesOtherTypesAlone(String type) {
        var answer = Received.get(API, "/answers/text?size=5000&type=" + type.replace("+", "%2B"), "Accept-Encoding",
                ALL);

        assertThat(answer.header("Content-Encoding")).isEmpty();
        assertThat(answer.header("Content-Length")).isEqualTo("5000");
        assertThat(answer.header("Vary")).isEmpty();
        assertThat(answer.header("ETag")).isEqualTo(Answers.ETAG);
    }

    @Test
    void leavesShortAnswersAsTheyAre() {
        var answer = Received.get(API, "/answers/text?size=999&type=application/json", "Accept-Encoding", ALL);

        assertThat(answer.header("Content-Encoding")).isEmpty();
        assertThat(answer.header("Content-Length")).isEqualTo("999");
        assertThat(answer.header("ETag")).isEqualTo(Answers.ETAG);
        assertThat(answer.headers("Vary")).containsExactly("Accept-Encoding");
        assertThat(answer.text()).isEqualTo(text(999));
    }

    @Test
    void leavesTheSmallJsonOfControllersAsItIs() {
        var answer = Received.get(API, "/users/00000000-0000-0000-0000-000000000000", "Accept-Encoding", ALL);

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.header("Content-Encoding")).isEmpty();
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    }

    @Test
    void encodesEvenShortAnswersForWhoRefusesPlainOnes() {
        var answer = Received.get(API, "/answers/text?size=10&type=application/json", "Accept-Encoding",
                "identity;q=0, gzip");

        assertThat(answer.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(answer.text()).isEqualTo(text(10));
    }

    @Test
    void compressesWhatIsWrittenAsText() {
        var answer = Received.get(API, "/answers/written", "Accept-Encoding", "br");

        assertThat(answer.header("Content-Encoding")).isEqualTo("br");
        assertThat(answer.text()).isEqualTo("zwölf ".repeat(1000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/answers/as-it-is", "/answers/encoded-already"})
    void leavesWhatMustNotBeTouched(String path) {
        var answer = Received.get(API, path, "Accept-Encoding", ALL);

        assertThat(answer.header("Content-Encoding")).isIn("", "secret");
        assertThat(answer.wireBytes()).isEqualTo(5000);
        assertThat(answer.header("Vary")).isEmpty();
    }

    @Test
    void weakensTheTagOfACompressedAnswerWhichStillMatches() {
        var answer = Received.get(API, LARGE_JSON, "Accept-Encoding", "gzip");
        assertThat(answer.header("ETag")).isEqualTo("W/" + Answers.ETAG);

        var again = Received.get(API, LARGE_JSON, "Accept-Encoding", "gzip", "If-None-Match", answer.header("ETag"));

        assertThat(again.status()).isEqualTo(304);
        assertThat(again.header("ETag")).isEqualTo("W/" + Answers.ETAG);
        assertThat(again.headers("Vary")).containsExactly("Accept-Encoding");
        assertThat(again.header("Content-Encoding")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {LARGE_JSON, "/answers/text?size=20&type=application/json", "/answers/written"})
    void answersHeadLikeGet(String path) {
        var get = Received.get(API, path, "Accept-Encoding", "gzip");
        var head = Received.head(API, path, "Accept-Encoding", "gzip");

        for (String name : new String[]{"Content-Encoding", "Content-Type", "Vary", "ETag"}) {
            assertThat(head.header(name)).as(name).isEqualTo(get.header(name));
        }
        assertThat(head.header("Content-Length")).isIn("", get.header("Content-Length"));
        assertThat(head.wireBytes()).isZero();
    }

    /** One that is cached as its bytes, with more of them than characters. */
    @Test
    void compressesAProfile() {
        String user = API.post("/users", "{\"email\": \"%s@example.com\", \"fullName\": \"Ada\"}"
                .formatted(UUID.randomUUID())).header("Location");
        API.patch(user, "{\"bio\": \"%s\"}".formatted("李小龍".repeat(300)));
        var plain = API.get(user + "/profile");

        var answer = Received.get(API, user + "/profile", "Accept-Encoding", "gzip");

        assertThat(plain.body()).contains("李小龍".repeat(300));
        assertThat(answer.text()).isEqualTo(plain.body());
        assertThat(answer.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.header("Content-Length")).isIn("", String.valueOf(answer.wireBytes()));
        assertThat(answer.wireBytes()).isLessThan(500);
    }

    @Test
    void leavesAnswersWithoutABodyAlone() {
        var answer = Received.get(API, "/answers/text?size=0&type=application/json&status=204", "Accept-Encoding", ALL);

        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.header("Content-Encoding")).isEmpty();
    }

    @Test
    void leavesPartsAlone() {
        var file = API.post("/files", "a,b\n".repeat(2000), "Content-Type", "text/csv", "Content-Disposition",
                "attachment; filename=a.csv").json().path("file").path("id").asString();

        var part = Received.get(API, "/files/" + file + "/content", "Accept-Encoding", ALL, "Range", "bytes=4-3999");
        var whole = Received.get(API, "/files/" + file + "/content", "Accept-Encoding", ALL);
        var head = Received.head(API, "/files/" + file + "/content", "Accept-Encoding", ALL);

        assertThat(part.status()).isEqualTo(206);
        assertThat(part.header("Content-Encoding")).isEmpty();
        assertThat(part.wireBytes()).isEqualTo(3996);
        assertThat(whole.header("Content-Encoding")).isEqualTo("zstd");
        assertThat(whole.text()).isEqualTo("a,b\n".repeat(2000));
        assertThat(head.header("Content-Encoding")).isEqualTo("zstd");
        assertThat(head.header("ETag")).isEqualTo(whole.header("ETag")).startsWith("W/");
        assertThat(whole.header("Accept-Ranges")).isEmpty();
        assertThat(part.header("Accept-Ranges")).isEqualTo("bytes");
    }

    @Test
    void answersAPartOnlyToWhoHasTheRestOfTheSameBytes() {
        var file = API.post("/files", "a,b\n".repeat(2000), "Content-Type", "text/csv", "Content-Disposition",
                "attachment; filename=a.csv").json().path("file").path("id").asString();
        String content = "/files/" + file + "/content";
        String strong = API.get(content).header("ETag");
        String weak = Received.get(API, content, "Accept-Encoding", ALL).header("ETag");

        assertThat(weak).isEqualTo("W/" + strong);
        for (String other : List.of(weak, "\"other\"", "Mon, 23 Nov 2026 04:00:00 GMT", strong + "x")) {
            var answer = API.get(content, "Range", "bytes=4-", "If-Range", other);
            assertThat(answer.status()).as(other).isEqualTo(200);
            assertThat(answer.body()).hasSize(8000);
        }
        var rest = API.get(content, "Range", "bytes=4-", "If-Range", strong);
        assertThat(rest.status()).isEqualTo(206);
        assertThat(rest.body()).hasSize(7996);
        assertThat(API.get(content, "Range", "bytes=4-").status()).isEqualTo(206);
    }

    @Test
    void compressesNothingWhereItIsSwitchedOff() {
        try (var api = ApiUnderTest.start("millrace.api.compression.enabled=false")) {
            var answer = Received.get(api, LARGE_JSON, "Accept-Encoding", ALL);

            assertThat(answer.header("Content-Encoding")).isEmpty();
            assertThat(answer.header("Vary")).isEmpty();
        }
    }

    private static String text(int size) {
        return new String(Answers.content(size), StandardCharsets.US_ASCII);
    }
}
