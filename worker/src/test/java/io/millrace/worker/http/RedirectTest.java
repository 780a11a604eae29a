package io.millrace.worker.http;

import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.millrace.jobs.PermanentFailure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RedirectTest {

    private static final Map<String, String> HEADERS = Map.of("Authorization", "Bearer s3cret");

    private final UpstreamServer upstream = new UpstreamServer().answering("/end", 200, Map.of(), "");
    private final UpstreamServer other = new UpstreamServer().answering("/end", 200, Map.of(), "");

    @AfterEach
    void stop() {
        upstream.close();
        other.close();
    }

    @ParameterizedTest
    @CsvSource({"301, GET", "302, GET", "303, GET", "307, POST", "308, POST"})
    void isFollowedAsTheFetchStandardSays(int status, String method) throws Exception {
        upstream.answering("/", status, Map.of("Location", "/end#part"), "");

        Calls.perform(Calls.settings(), Calls.post(upstream.url("/"), "{\"a\":1}", HEADERS));

        assertThat(upstream.received()).extracting(UpstreamServer.Received::path).containsExactly("/", "/end");
        var last = upstream.received().getLast();
        assertThat(last.method()).isEqualTo(method);
        assertThat(last.body()).isEqualTo(method.equals("GET") ? "" : "{\"a\":1}");
        assertThat(last.header("Authorization")).isEqualTo("Bearer s3cret");
        assertThat(last.header("webhook-signature")).startsWith("v1,");
    }

    @Test
    void takesNeitherHeadersNorASignatureToAnotherService() throws Exception {
        upstream.answering("/", 308, Map.of("Location", other.url("/end")), "");

        Calls.perform(Calls.settings(), Calls.post(upstream.url("/"), "{\"a\":1}", HEADERS));

        assertThat(other.received()).singleElement().satisfies(request -> {
            assertThat(request.body()).isEqualTo("{\"a\":1}");
            assertThat(request.header("Authorization")).isNull();
            assertThat(request.header("webhook-signature")).isNull();
            assertThat(request.header("webhook-id")).isNull();
        });
    }

    @Test
    void endsAfterSome() {
        upstream.answering("/", 302, Map.of("Location", "/"), "");

        assertThatThrownBy(() -> Calls.perform(Calls.settings("max-redirects=3"), Calls.get(upstream.url("/"))))
                .isInstanceOf(PermanentFailure.class)
                .hasMessage("127.0.0.1:%d redirects more than 3 times".formatted(upstream.port()));
        assertThat(upstream.received()).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://example.org/s3cret", "http://user:s3cret@example.org/", "http://0x7f.1/s3cret",
            "http://2130706433/s3cret", "https://exa mple.org/s3cret", "file:///etc/s3cret"})
    void goesToNoAddressThatAJobMayNotName(String location) {
        upstream.answering("/", 302, Map.of("Location", location), "");

        assertThatThrownBy(() -> Calls.perform(Calls.settings(), Calls.get(upstream.url("/"))))
                .isInstanceOf(PermanentFailure.class).hasMessageStartingWith("127.0.0.1:")
                .hasMessageContaining("redirects to where it must not").hasMessageNotContaining("s3cret").hasNoCause();
    }
}
