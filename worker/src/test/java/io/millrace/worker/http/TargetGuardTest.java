package io.millrace.worker.http;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.millrace.core.http.HttpCall;
import io.millrace.jobs.PermanentFailure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/** Who may not be called, however it is asked for. */
class TargetGuardTest {

    private final UpstreamServer upstream = new UpstreamServer().answering("/", 200, Map.of(), "");

    @AfterEach
    void stop() {
        upstream.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "169.254.169.254", "10.0.0.1",
            "[fe80::1]", "0.0.0.0"})
    void refusesWhatIsNotPublic(String host) {
        var failure = catchThrowable(() -> Calls.perform(Calls.settings(List.of()),
                Calls.get("http://" + host + ":" + upstream.port() + "/secret?token=s3cret")));

        assertThat(failure).isInstanceOf(PermanentFailure.class).hasMessageContaining("not public")
                .hasMessageNotContainingAny("s3cret", "/secret").hasNoCause();
        assertThat(upstream.received()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "8.8.8.8 127.0.0.1", "127.0.0.1 8.8.8.8", "fd00::1", "64:ff9b::7f00:1"})
    void refusesANameThatResolvesToIt(String addresses) {
        assertThat(call("http://rebound.example:" + upstream.port() + "/", List.of(), addresses))
                .isInstanceOf(PermanentFailure.class)
                .hasMessage("rebound.example has an address that is not public; an operator may allow it by"
                        + " millrace.http-call.allowed-targets");
        assertThat(upstream.received()).isEmpty();
    }

    /** A name is looked up once for each connection, and that goes to where was looked. */
    @Test
    void connectsToTheAddressThatWasLookedAt() {
        var lookUps = new AtomicInteger();
        GuardedLookup.Names names = host -> literals(lookUps.getAndIncrement() == 0 ? "127.0.0.1" : "127.9.9.9");

        assertThat(catchThrowable(() -> Calls.perform(Calls.settings(List.of("127.0.0.1")), names, UUID.randomUUID(),
                Calls.get("http://rebound.example:" + upstream.port() + "/")))).isNull();

        assertThat(lookUps).hasValue(1);
        assertThat(upstream.received()).singleElement().satisfies(request -> assertThat(request.header("Host"))
                .isEqualTo("rebound.example:" + upstream.port()));
    }

    @Test
    void looksAgainWhereTheNameHasMoved() {
        var first = new AtomicInteger();
        upstream.answering("/on", 307, Map.of("Location", "http://other.example:" + upstream.port() + "/", "Connection",
                "close"), "");
        GuardedLookup.Names names = host -> literals(first.getAndIncrement() == 0 ? "127.0.0.1" : "127.0.0.2");

        assertThat(catchThrowable(() -> Calls.perform(Calls.settings(List.of("127.0.0.1")), names, UUID.randomUUID(),
                Calls.get("http://rebound.example:" + upstream.port() + "/on"))))
                .isInstanceOf(PermanentFailure.class).hasMessageStartingWith("other.example has an address");
        assertThat(upstream.received()).hasSize(1);
    }

    @Test
    void allowsWhatTheOperatorNamesAndNothingBeside() {
        var port = upstream.port();

        assertThat(call("http://orders:" + port + "/", List.of("orders:" + port), "127.0.0.1")).isNull();
        assertThat(call("http://ORDERS.:" + port + "/", List.of("orders"), "127.0.0.1")).isNull();
        assertThat(call("http://bills:" + port + "/", List.of("127.0.0.0/8"), "127.0.0.1")).isNull();
        assertThat(upstream.received()).hasSize(3);
        assertThat(call("http://bills:" + port + "/", List.of("orders"), "127.0.0.1"))
                .isInstanceOf(PermanentFailure.class);
        assertThat(call("http://orders:" + port + "/", List.of("orders:1"), "127.0.0.1"))
                .isInstanceOf(PermanentFailure.class);
        assertThat(upstream.received()).hasSize(3);
    }

    @Test
    void followsNoRedirectToIt() {
        upstream.answering("/on", 307, Map.of("Location", "http://127.0.0.2:" + upstream.port() + "/"), "");

        assertThat(catchThrowable(() -> Calls.perform(Calls.settings(List.of("127.0.0.1")),
                Calls.get(upstream.url("/on"))))).isInstanceOf(PermanentFailure.class)
                .hasMessageStartingWith("127.0.0.2 has an address that is not public");
        assertThat(upstream.received()).hasSize(1);
    }

    /** A proxy would look up the name itself. */
    @Test
    void goesThroughNoProxyThatTheProcessNames() {
        System.setProperty("http.proxyHost", "127.0.0.1");
        System.setProperty("http.proxyPort", String.valueOf(upstream.port()));
        System.setProperty("http.nonProxyHosts", "");
        try {
            assertThat(call("http://inside.example/", List.of(), "10.0.0.1")).isInstanceOf(PermanentFailure.class);
            assertThat(upstream.received()).isEmpty();
        } finally {
            Stream.of("http.proxyHost", "http.proxyPort", "http.nonProxyHosts").forEach(System::clearProperty);
        }
    }

    private static Throwable call(String url, List<String> allowed, String addresses) {
        HttpCall job = Calls.get(url);
        return catchThrowable(
                () -> Calls.perform(Calls.settings(allowed), host -> literals(addresses), UUID.randomUUID(), job));
    }

    private static InetAddress[] literals(String addresses) {
        return Stream.of(addresses.split(" ", -1)).map(InetAddress::ofLiteral).toArray(InetAddress[]::new);
    }
}
