package io.millrace.worker.http;

import java.util.Map;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.millrace.core.http.HttpCall.Method;
import io.millrace.core.http.HttpTarget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class OutgoingRequestTest {

    private static final Map<String, String> HEADERS = Map.of("Authorization", "Bearer s3cret");

    @ParameterizedTest
    @CsvSource({"http://a.example/x, /y", "http://a.example/x, https://a.example/x",
            "http://a.example/x, HTTP://A.example:80/y",
            "https://a.example/x, https://a.example:443/y", "https://a.example/x, //a.example/y"})
    void takesWhatIsTheCallersAlongWithinOneService(String from, String location) {
        var next = request(from).redirected(307, location);

        assertThat(next.headers()).isEqualTo(HEADERS);
        assertThat(next.signed()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"http://a.example/x, http://b.example/x", "http://a.example/x, http://a.example:8080/x",
            "http://a.example:8080/x, https://a.example/x", "http://a.example/x, https://b.example/x",
            "https://a.example/x, https://sub.a.example/x", "https://a.example/x, //b.example/y"})
    void takesItToNoOther(String from, String location) {
        var next = request(from).redirected(307, location);

        assertThat(next.headers()).isEmpty();
        assertThat(next.signed()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"?page=2#there, https://a.example/a/b?page=2", "../../x, https://a.example/x",
            "c, https://a.example/a/c"})
    void findsItsWayAsTheRfcSays(String location, String url) {
        assertThat(request("https://a.example/a/b?page=1").redirected(307, location).target())
                .isEqualTo(HttpTarget.of(url));
    }

    /** What was left behind does not come back. */
    @ParameterizedTest
    @CsvSource({"https://b.example/, https://a.example/x"})
    void staysWithoutItOnTheWayBack(String away, String back) {
        var next = request("https://a.example/x").redirected(307, away).redirected(307, back);

        assertThat(next.headers()).isEmpty();
        assertThat(next.signed()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"https://a.example/x, http://a.example/x", "https://a.example/x, http://b.example/"})
    void leadsNotAwayFromHttps(String from, String location) {
        assertThatIllegalArgumentException().isThrownBy(() -> request(from).redirected(307, location))
                .withMessage("must not lead away from https");
    }

    private static OutgoingRequest request(String url) {
        return new OutgoingRequest(HttpTarget.of(url), Method.POST, HEADERS, "{}", true);
    }
}
