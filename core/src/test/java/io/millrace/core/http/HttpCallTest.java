package io.millrace.core.http;

import jakarta.validation.Validation;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.millrace.jobs.InvalidPayload;
import io.millrace.jobs.JobPayloads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class HttpCallTest {

    private final JobPayloads payloads = new JobPayloads(
            Validation.buildDefaultValidatorFactory().getValidator());

    @ParameterizedTest
    @ValueSource(strings = {"https://example.org", "http://example.org:8080/a?b=c", "HTTPS://EXAMPLE.org./",
            "http://10.0.0.1/", "http://[::1]:8080/", "http://localhost/", "http://xn--mller-kva.example/",
            "http://1password.example/"})
    void takesAnAddress(String url) {
        assertThat(read("{\"url\":\"" + url + "\"}").url()).isEqualTo(url);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/hook", "example.org", "ftp://example.org/", "file:///etc/passwd", "gopher://x/",
            "http:///x", "http://user@example.org/", "http://user:pass@example.org/", "http://@example.org/",
            "http://2130706433/", "http://0x7f000001/", "http://0x7f.0.0.1/", "http://0177.0.0.1/",
            "http://127.1/", "http://127.0.0.01/", "http://127.0.0.1./", "http://256.0.0.1/", "http://1.2.3.4.5/",
            "http://[fe80::1%25eth0]/", "http://exa mple.org/", "http://example.org/a b", "http://example.org:0/",
            "http://example.org:65536/", "http://example.org/#part", "http://müller.example/", "http://a_b.example/",
            "http://example.org\\\\@evil.example/", "http://example.org/\\r\\nX: y", "http://[::1/",
            "http://①②⑦.0.0.1/"})
    void refusesWhatIsNoneOrReadsInTwoWays(String url) {
        assertThat(complaint("{\"url\":\"" + url + "\"}")).startsWith("url must ");
    }

    @Test
    void needsAnAddress() {
        assertThat(complaint("{}")).startsWith("url ");
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', value = {
            "`{\"X-Tenant\":\"7\",\"Authorization\":\"Bearer x y\",\"Content-Type\":\"a/b\"}`",
            "`{\"X-Empty\":\"\"}`", "`{}`", "null"})
    void takesHeaders(String headers) {
        assertThat(read("{\"url\":\"http://example.org\",\"headers\":" + headers + "}")).isNotNull();
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', value = {"`{\"Host\":\"evil.example\"}`", "`{\"content-length\":\"5\"}`",
            "`{\"Transfer-Encoding\":\"chunked\"}`", "`{\"CONNECTION\":\"x\"}`", "`{\"webhook-signature\":\"v1,x\"}`",
            "`{\"Proxy-Authorization\":\"x\"}`", "`{\"Upgrade\":\"h2c\"}`", "`{\"X\":\"a\\r\\nHost: b\"}`",
            "`{\"X\":\"a\\nb\"}`", "`{\"X\":\" a\"}`", "`{\"X\":\"ü\"}`", "`{\"X Y\":\"a\"}`", "`{\"X:\":\"a\"}`",
            "`{\"X\\r\\nY\":\"a\"}`", "`{\"\":\"a\"}`", "`{\"X\":null}`", "`{\"X\":\"a\",\"x\":\"b\"}`"})
    void refusesHeadersThatAreNotTheCallers(String headers) {
        assertThat(complaint("{\"url\":\"http://example.org\",\"headers\":" + headers + "}"))
                .startsWith("headers must ");
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', value = {"`{\"a\":1e400}`", "`[[1e999]]`"})
    void refusesNumbersThatWouldArriveAsOthers(String body) {
        assertThat(complaint("{\"url\":\"http://example.org\",\"body\":" + body + "}")).startsWith("body must ");
    }

    @Test
    void refusesABodyThatIsTooLargeOrThatAGetHas() {
        assertThat(complaint("{\"url\":\"http://example.org\",\"body\":\"" + "x".repeat(100_000) + "\"}"))
                .startsWith("body must ");
        assertThat(complaint("{\"url\":\"http://example.org\",\"method\":\"GET\",\"body\":1}"))
                .startsWith("body must ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0.999S", "PT5M0.001S", "-PT1M", "PT0S"})
    void refusesATimeoutThatIsTooShortOrTooLong(String timeout) {
        assertThat(complaint("{\"url\":\"http://example.org\",\"timeout\":\"" + timeout + "\"}"))
                .isEqualTo("timeout must be from PT1S to PT5M");
    }

    @Test
    void tellsNothingOfItselfInLogs() {
        assertThat(read("{\"url\":\"http://example.org/s3cret\"}").toString()).isEqualTo("HttpCall[POST]");
    }

    private HttpCall read(String json) {
        return payloads.read("http-call", json, HttpCall.class);
    }

    private String complaint(String json) {
        var refused = assertThatExceptionOfType(InvalidPayload.class).isThrownBy(() -> read(json)).actual();
        var first = refused.violations().getFirst();
        return first.field() + " " + first.message();
    }
}
