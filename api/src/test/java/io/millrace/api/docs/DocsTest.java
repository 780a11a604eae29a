package io.millrace.api.docs;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.millrace.api.ApiUnderTest;

import static org.assertj.core.api.Assertions.assertThat;

/** The document and its page as anybody reads them who has no key. */
final class DocsTest {

    private static ApiUnderTest api;

    @BeforeAll
    static void start() {
        api = ApiUnderTest.start("millrace.api.open=false", "millrace.api.keys=a-key-of-this-test");
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/openapi.json", "/docs", "/docs/start.js", "/docs/swagger-ui-bundle.js",
            "/docs/swagger-ui.css"})
    void needsNoKeyAndLetsNothingElseIn(String path) {
        var answer = api.get(path);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Security-Policy")).contains("default-src 'none'", "script-src 'self';");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(api.get(path, "If-None-Match", answer.header("ETag")).status()).isEqualTo(304);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/docs/", "/docs/index.html", "/docs/../users", "/openapi.json/", "/users"})
    void leavesEverythingElseToWhoHasAKey(String path) {
        assertThat(api.get(path).status()).isEqualTo(401);
    }

    @Test
    void servesTheDocumentCompressed() {
        var answer = api.get("/openapi.json", "Accept-Encoding", "gzip");

        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-cache");
        assertThat(api.get("/openapi.json", "If-None-Match", answer.header("ETag")).status()).isEqualTo(304);
    }

    @Test
    void servesAnOpenApiDocument() {
        var document = api.get("/openapi.json").json();

        assertThat(document.path("openapi").asString()).startsWith("3.1.");
        assertThat(document.path("paths").path("/users").has("post")).isTrue();
    }

    @Test
    void namesNobodyElseOnThePage() {
        assertThat(api.get("/docs").body() + api.get("/docs/start.js").body()).doesNotContain("http:", "https:",
                "src=\"//");
    }
}
