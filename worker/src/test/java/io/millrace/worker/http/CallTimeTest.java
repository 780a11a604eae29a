package io.millrace.worker.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.millrace.core.http.HttpCall;
import io.millrace.jobs.testing.PerformJob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A call ends when its time does, or its job's, whatever the service does. */
class CallTimeTest {

    private static final Duration SHORT = Duration.ofSeconds(1);

    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch hungUp = new CountDownLatch(1);
    private final CountDownLatch over = new CountDownLatch(1);
    private final UpstreamServer upstream = new UpstreamServer().on("/silent", exchange -> {
        reached.countDown();
        await();
    }).on("/drip", exchange -> {
        exchange.sendResponseHeaders(200, 0);
        try {
            do {
                exchange.getResponseBody().write('.');
                exchange.getResponseBody().flush();
                reached.countDown();
            } while (!over.await(20, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            hungUp.countDown();
        }
    });

    @AfterEach
    void stop() {
        over.countDown();
        upstream.close();
    }

    private void await() {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/silent", "/drip"})
    void endsInTime(String path) {
        assertThatThrownBy(() -> Calls.perform(Calls.settings("max-answer=1MB"), call(path, SHORT)))
                .isInstanceOf(CalledInVain.class)
                .hasMessage("127.0.0.1:%d did not answer within PT1S".formatted(upstream.port())).hasNoCause();
    }

    @Test
    void hangsUpWhenTheTimeIsOver() throws Exception {
        assertThatThrownBy(() -> Calls.perform(Calls.settings("max-answer=1MB"), call("/drip", SHORT)))
                .isInstanceOf(CalledInVain.class);

        assertThat(hungUp.await(1, TimeUnit.MINUTES)).as("what drips finds the connection closed").isTrue();
    }

    @Test
    void endsInTimeWhereNamesAreLookedUpForEver() {
        assertThatThrownBy(() -> Calls.perform(Calls.settings(), host -> {
            await();
            throw new UnknownHostException(host);
        }, new UUID(1, 2), new HttpCall("http://slow.example/", null, null, null, SHORT)))
                .isInstanceOf(CalledInVain.class).hasMessage("slow.example:80 did not answer within PT1S");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/silent", "/drip"})
    void endsAtOnceWhenItsJobIsCancelled(String path) throws Exception {
        var settings = Calls.settings("max-answer=1MB");
        try (var services = new CallServices(settings, Calls.CLOCK, InetAddress::getAllByName,
                ObservationRegistry.NOOP)) {
            var run = PerformJob.with(new HttpCallHandler(services, settings, Calls.CLOCK));
            var thrown = new AtomicReference<Throwable>();
            var thread = Thread.ofVirtual().start(() -> {
                try {
                    run.run(call(path, Duration.ofMinutes(5)));
                } catch (Throwable e) {
                    thrown.set(e);
                }
            });
            assertThat(reached.await(1, TimeUnit.MINUTES)).isTrue();

            run.cancel();

            assertThat(thread.join(Duration.ofMinutes(1))).as("long before its own time is over").isTrue();
            assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
            if (path.equals("/drip")) {
                assertThat(hungUp.await(1, TimeUnit.MINUTES)).isTrue();
            }
        }
    }

    private HttpCall call(String path, Duration timeout) {
        return new HttpCall(upstream.url(path), HttpCall.Method.GET, null, null, timeout);
    }
}
