package io.millrace.worker.mail;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import io.millrace.core.mail.MailSent;
import io.millrace.core.mail.SendEmail;
import io.millrace.jobs.TryAgainLater;
import io.millrace.jobs.testing.PerformJob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchException;

/** What runs that ask for no login make of the breaker: nothing. */
class KeptLoginTest {

    @Test
    void closesNoBreaker() throws Exception {
        try (var server = new ScriptedSmtp()) {
            var postman = Postmen.loggingInAt(server.port());
            run(postman);
            server.answering("AUTH", "535 5.7.8 wrong password");
            var meanwhile = new AtomicReference<Exception>();
            server.before("RCPT", () -> meanwhile.set(catchException(() -> run(postman))));

            run(postman);

            assertThat(meanwhile.get()).isInstanceOf(TryAgainLater.class);
            assertThat(catchException(() -> run(postman))).isInstanceOf(TryAgainLater.class);
            assertThat(server.messages()).hasSize(2);
        }
    }

    @Test
    void endsNoProbeOfAnother() {
        var breaker = new LoginBreaker(new SendingSettings(Map.of(), Duration.ofMillis(1), Duration.ofMillis(1),
                Duration.ofDays(7), Duration.ofMinutes(10)), Clock.systemUTC(), new SimpleMeterRegistry());
        var early = breaker.pass();
        var unlucky = breaker.pass();
        assertThat(breaker.refused("535", unlucky)).isNotNull();
        var probe = Awaitility.await().ignoreException(TryAgainLater.class).until(breaker::pass, _ -> true);

        breaker.notAsked(early);

        assertThatExceptionOfType(TryAgainLater.class).isThrownBy(breaker::pass);
        breaker.notAsked(probe);
        assertThat(breaker.pass()).isNotNull();
    }

    private static MailSent run(Postman postman) throws Exception {
        return PerformJob.with(Postmen.sendingEmailBy(postman))
                .run(new SendEmail("ann@example.org", "Lunch?", "At noon.", null));
    }
}
