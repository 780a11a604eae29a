package io.millrace.jobs;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import io.millrace.jobs.JobStatus.State;
import io.millrace.jobs.sample.RingBell;
import io.millrace.jobs.sample.ShopApplication;
import io.millrace.testkit.RecordedStatement;
import io.millrace.testkit.RecordingDriver;
import io.millrace.testkit.StatementRecorder;
import io.millrace.testkit.TestPostgres;

import static org.assertj.core.api.Assertions.assertThat;

/** What a delayed job costs its enqueuer, and what of its time the row keeps. No worker runs. */
@SpringBootTest(classes = ShopApplication.class, properties = "millrace.jobs.wake-ups=false")
class DelayedEnqueueTest {

    private static final StatementRecorder RECORDER = StatementRecorder.of(TestPostgres.newDatabase());
    private final Instant time = Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS)
            .plus(Duration.ofDays(365)).plusNanos(1_001);

    @Autowired
    JobQueue queue;
    @Autowired
    JdbcClient jdbc;

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry properties) {
        properties.add("spring.datasource.url", RECORDER::jdbcUrl);
        properties.add("spring.datasource.driver-class-name", RecordingDriver.class::getName);
    }

    @Test
    void asksTheDatabaseNothing() {
        assertThat(statementsOf(() -> queue.enqueue(new RingBell(1), at(time)))).singleElement().asString()
                .contains("insert into");
    }

    @Test
    void isNoDelayedJobWhereTheDatabaseAgreesThatItsTimeHasPassed() {
        var past = time.minus(Duration.ofDays(730));

        assertThat(statementsOf(() -> assertThat(stateOf(queue.enqueue(new RingBell(2), at(past))))
                .isEqualTo(State.ENQUEUED))).anyMatch(statement -> statement.sql().contains("clock_timestamp"));
    }

    @Test
    void keepsItsTimeRoundedUp() {
        var one = queue.enqueue(new RingBell(3), at(time));
        var many = queue.enqueueAllWith(Stream.of(new NewJob(new RingBell(4), at(time))));

        assertThat(Stream.of(one, many.getFirst()).map(this::dueAt))
                .containsOnly(LocalDateTime.ofInstant(time.plusNanos(999), ZoneOffset.UTC));
        assertThat(queue.find(one).orElseThrow().scheduledAt()).isEqualTo(time);
    }

    private static List<RecordedStatement> statementsOf(Runnable action) {
        return RECORDER.during(action);
    }

    private State stateOf(UUID id) {
        return queue.find(id).orElseThrow().state();
    }

    private LocalDateTime dueAt(UUID id) {
        return jdbc.sql("select scheduledAt from millrace_jobs.jobrunr_jobs where id = ?").param(id.toString())
                .query(LocalDateTime.class).single();
    }

    private static EnqueueOptions at(Instant time) {
        return EnqueueOptions.DEFAULTS.withRunAt(time);
    }
}
