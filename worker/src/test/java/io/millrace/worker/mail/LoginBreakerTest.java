package io.millrace.worker.mail;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.millrace.core.mail.SendEmail;
import io.millrace.jobs.JobQueue;
import io.millrace.jobs.JobStatus;
import io.millrace.jobs.JobStatus.State;
import io.millrace.jobs.testing.DrainQueue;
import io.millrace.jobs.testing.SettableClock;
import io.millrace.worker.WorkerUnderTest;

import static org.assertj.core.api.Assertions.assertThat;

/** Mail jobs while the mail server refuses our login. */
@ExtendWith(OutputCaptureExtension.class)
class LoginBreakerTest {

    private static final SendEmail JOB = new SendEmail("ann@example.org", "Lunch?", "At noon.", null);

    private final ScriptedSmtp server = new ScriptedSmtp();
    private final WorkerUnderTest worker = WorkerUnderTest.startForDraining("spring.mail.host=127.0.0.1",
            "spring.mail.port=" + server.port(), "spring.mail.username=postman", "spring.mail.password=wrong",
            "spring.mail.properties.mail.smtp.auth=true", "millrace.mail.login-pause=1m");
    private final JobQueue queue = worker.bean(JobQueue.class);
    private final DrainQueue drain = worker.bean(DrainQueue.class);
    private final SettableClock clock = worker.bean(SettableClock.class);

    @BeforeEach
    void refuse() {
        server.answering("AUTH", "535 5.7.8 postman: wrong password");
    }

    @AfterEach
    void stop() {
        clock.reset();
        worker.close();
        server.close();
    }

    @Test
    void keepsMailBackAndItsAttemptsUntilTheServerTakesTheLogin(CapturedOutput output) {
        UUID first = queue.enqueue(JOB);
        UUID second = queue.enqueue(JOB);

        assertThat(drain.drainAll()).hasSize(2).allMatch(job -> job.state() == State.SCHEDULED);
        assertThat(server.connections()).isEqualTo(1);
        assertThat(gauge()).isOne();
        assertThat(output).containsOnlyOnce("refused the login: 535 5.7.8; no mail is sent for PT1M");

        // the probe, which doubles the pause
        clock.advance(Duration.ofSeconds(75));
        assertThat(drain.drainAll()).hasSize(2).allMatch(job -> job.state() == State.SCHEDULED);
        assertThat(server.connections()).isEqualTo(2);
        assertThat(output).contains("refused the login: 535 5.7.8, still; no mail is sent for PT2M");

        server.answering("AUTH", "235 2.7.0 welcome");
        clock.advance(Duration.ofSeconds(150));
        assertThat(drain.drainAll()).hasSize(2)
                .allMatch(job -> job.state() == State.SUCCEEDED && job.attempt() == 1);
        assertThat(server.messages()).hasSize(2);
        assertThat(gauge()).isZero();
        assertThat(Map.of(first, status(first), second, status(second)).values()).allMatch(job -> job.error() == null);
    }

    private double gauge() {
        return Objects.requireNonNull(worker.bean(MeterRegistry.class).find("millrace.mail.login.refused").gauge())
                .value();
    }

    private JobStatus status(UUID id) {
        return queue.find(id).orElseThrow();
    }
}
