package io.millrace.worker.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.StringNode;

import io.millrace.core.http.HttpCall;
import io.millrace.core.http.HttpCall.Method;
import io.millrace.jobs.PermanentFailure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

class HttpCallHandlerTest {

    private final UpstreamServer upstream = new UpstreamServer();

    @AfterEach
    void stop() {
        upstream.close();
    }

    @Test
    void postsThePayloadAndAnswersWhatTheServiceDoes() throws Exception {
        upstream.answering("/hook", 201, Map.of("Content-Type", "application/json"), "{\"number\":7}");

        var answered = perform(Calls.post(upstream.url("/hook?token=s3cret"), "{\"order\": 1.5, \"x\": [null]}",
                Map.of("X-Tenant", "7")));

        assertThat(answered.status()).isEqualTo(201);
        assertThat(answered.contentType()).isEqualTo("application/json");
        assertThat(answered.body()).isEqualTo(json("{\"number\":7}"));
        assertThat(answered.truncated()).isFalse();
        var request = only();
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("/hook?token=s3cret");
        assertThat(json(request.body())).isEqualTo(json("{\"order\": 1.5, \"x\": [null]}"));
        assertThat(request.header("Content-Type")).isEqualTo("application/json");
        assertThat(request.header("X-Tenant")).isEqualTo("7");
        assertThat(request.header("User-Agent")).isEqualTo("Millrace");
        assertThat(request.header("Upgrade")).isNull();
        assertThat(request.header("Accept-Encoding")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "PUT", "PATCH", "DELETE"})
    void usesTheMethodItIsTold(String method) throws Exception {
        upstream.answering("/", 204, Map.of(), "");

        var answered = perform(new HttpCall(upstream.url("/"), Method.valueOf(method), null, null, null));

        assertThat(answered.status()).isEqualTo(204);
        assertThat(answered.body()).isNull();
        assertThat(only().method()).isEqualTo(method);
        assertThat(only().body()).isEmpty();
    }

    @Test
    void signsWhatItSendsTheSameInEachAttemptButForTheTime() throws Exception {
        upstream.answering("/", 204, Map.of(), "");
        var id = UUID.randomUUID();

        for (int attempt = 1; attempt <= 2; attempt++) {
            Calls.perform(Calls.settings(), InetAddress::getAllByName, id,
                    Calls.post(upstream.url("/"), "{\"a\":\"ü\"}"));
        }

        assertThat(upstream.received()).hasSize(2).allSatisfy(request -> {
            assertThat(request.header("webhook-id")).isEqualTo(id.toString());
            assertThat(request.header("webhook-timestamp")).isEqualTo(Long.toString(Calls.NOW.getEpochSecond()));
            // As a receiver does it, with nothing of ours.
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(Calls.SECRET.substring(6)), "HmacSHA256"));
            var signed = "%s.%s.%s".formatted(request.header("webhook-id"), request.header("webhook-timestamp"),
                    request.body());
            assertThat(request.header("webhook-signature")).isEqualTo("v1," + Base64.getEncoder()
                    .encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8))));
        });
    }

    @ParameterizedTest
    @CsvSource({"400", "401", "404", "409", "410", "422", "304"})
    void failsForGoodWhereTheAnswerWillNotChange(int status) {
        upstream.answering("/", status, Map.of(), "");

        assertThat(failure(Calls.post(upstream.url("/secret?token=s3cret"), "\"s3cret\"")))
                .isInstanceOf(PermanentFailure.class)
                .hasMessage("127.0.0.1:%d answered %d".formatted(upstream.port(), status)).hasNoCause();
    }

    @ParameterizedTest
    @CsvSource({"408,,", "425,,", "500,,", "502,,", "429,120,PT2M", "503,120,PT2M", "429,0,PT0S",
            "503,'Sun, 01 Mar 2026 10:20:30 GMT',PT5M", "503,'Sun, 01 Mar 2020 10:20:30 GMT',PT0S",
            "429,999999999999,PT24H", "429,99999999999999999,", "429,soon,", "429,-5,"})
    void isTriedAgainWhereItMayAndNotBeforeTheServiceSays(int status, @Nullable String retryAfter,
            @Nullable Duration wait) {
        upstream.answering("/", status, retryAfter == null ? Map.of() : Map.of("Retry-After", retryAfter), "");

        var failure = failure(Calls.get(upstream.url("/")));

        assertThat(failure).hasMessage("127.0.0.1:%d answered %d".formatted(upstream.port(), status))
                .isInstanceOfSatisfying(CalledInVain.class, e -> assertThat(e.retryAfter()).isEqualTo(wait));
    }

    @Test
    void isTriedAgainWhereNobodyListens() {
        upstream.close();

        assertThat(failure(Calls.get(upstream.url("/")))).isInstanceOf(CalledInVain.class)
                .hasMessage("127.0.0.1:%d: connection refused".formatted(upstream.port())).hasNoCause();
    }

    @Test
    void isTriedAgainWhereTheNameIsUnknown() {
        assertThat(catchThrowable(() -> Calls.perform(Calls.settings(), host -> {
            throw new UnknownHostException(host);
        }, UUID.randomUUID(), Calls.get("https://gone.example/secret"))))
                .isInstanceOf(CalledInVain.class).hasMessage("gone.example:443: unknown host");
    }

    @Test
    void isTriedAgainWhereTheServiceHangsUp() {
        upstream.on("/", exchange -> {
            throw new IOException("no answer");
        });

        assertThat(failure(Calls.get(upstream.url("/")))).isInstanceOf(CalledInVain.class).hasNoCause();
    }

    @Test
    void readsNoMoreOfAnAnswerThanItKeeps() throws Exception {
        upstream.answering("/", 200, Map.of("Content-Type", "application/json; charset=utf-8"),
                "[" + "1,".repeat(100_000) + "1]");

        var answered = perform(Calls.get(upstream.url("/")), "max-answer=1KB");

        assertThat(answered.truncated()).isTrue();
        assertThat(answered.body()).isInstanceOf(StringNode.class);
        assertThat(String.valueOf(answered.body()).replace("\"", "")).hasSize(1024).startsWith("[1,1,1");
    }

    @Test
    void keepsEachDigitOfANumber() throws Exception {
        var body = "[1.10,12345678901234567890.12345678901234567890,1E+400]";
        upstream.answering("/", 200, Map.of("Content-Type", "application/json"), body);

        assertThat(perform(Calls.get(upstream.url("/"))).body()).hasToString(body);
    }

    @ParameterizedTest
    @CsvSource({"text/plain, hello, true", "application/octet-stream, hello, false",
            "application/json, {not json, true", "application/json, [1e99999999999], true",
            "application/problem+json, '\"\\ud800\"', true"})
    void keepsTextAsTextAndNothingElse(String type, String body, boolean kept) throws Exception {
        upstream.answering("/", 200, Map.of("Content-Type", type), body);

        assertThat(perform(Calls.get(upstream.url("/"))).body()).isEqualTo(kept ? StringNode.valueOf(body) : null);
    }

    private HttpCall.Answered perform(HttpCall job, String... settings) throws Exception {
        return Calls.perform(Calls.settings(settings), job);
    }

    private Throwable failure(HttpCall job) {
        return catchThrowable(() -> perform(job));
    }

    private UpstreamServer.Received only() {
        assertThat(upstream.received()).hasSize(1);
        return upstream.received().getFirst();
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }
}
