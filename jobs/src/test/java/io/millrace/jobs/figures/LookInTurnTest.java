package io.millrace.jobs.figures;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.CannotGetJdbcConnectionException;

import io.millrace.jobs.QueueRate;
import io.millrace.jobs.QueueStatus;
import io.millrace.jobs.StoreTables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class LookInTurnTest {

    private static final QueueStatus MAIL = new QueueStatus("mail", true, new QueueRate(3, Duration.ofSeconds(7)), 1, 2,
            3, 4, Duration.ofMillis(1_500), 5, 6);

    private final StoreTables tables = new StoreTables();
    private final PostgresClusterFigures figures = new PostgresClusterFigures(tables.database, tables.schema);
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger looks = new AtomicInteger();

    @AfterEach
    void close() {
        tables.close();
    }

    @Test
    void writesWhatAllRead() {
        tables.add("ENQUEUED", 2);
        tables.add("PROCESSING", 1);
        tables.jdbc.sql("""
                        insert into millrace_jobs.job_workers (id, name, beat_at)
                        values (gen_random_uuid(), 'lives', clock_timestamp()),
                               (gen_random_uuid(), 'lived', clock_timestamp() - interval '1 minute')
                        """).update();
        assertThat(figures.latest()).isEmpty();

        assertThat(one(Duration.ZERO).look()).isTrue();

        var latest = figures.latest().orElseThrow();
        assertThat(latest.queues()).containsExactly(MAIL, QueueStatus.unused("idle"));
        assertThat(latest.workers()).isEqualTo(1);
        assertThat(latest.types()).singleElement().satisfies(type -> {
            assertThat(type.type()).isEqualTo("ship-order");
            assertThat(type.waiting()).isEqualTo(2);
            assertThat(type.running()).isEqualTo(1);
            assertThat(type.oldestAge()).isGreaterThan(Duration.ofMinutes(59));
        });
        assertThat(latest.takenAt()).isEqualTo(tables.jdbc.sql("select taken_at from millrace_jobs.cluster_figures")
                .query(OffsetDateTime.class).single().toInstant());
    }

    @Test
    void takesWorkersThatSayNothingOfTheirSlotsForTheAverage() {
        tables.jdbc
                .sql("""
                     with worker as (
                         insert into millrace_jobs.job_workers (id, name, beat_at)
                         select gen_random_uuid(), 'worker ' || number, clock_timestamp() from generate_series(1, 3) number
                         returning id, name)
                     insert into millrace_jobs.job_worker_facts (id, name, queues, slots)
                     select id, name, '{}', case name when 'worker 1' then 4 else 9 end from worker where name <> 'worker 3'
                     """)
                .update();

        one(Duration.ZERO).look();

        assertThat(figures.latest().orElseThrow().workers()).isEqualTo(3);
        assertThat(figures.latest().orElseThrow().slots()).isEqualTo(20);
    }

    @Test
    void looksInOneProcessAtATimeAndNotAgainAtOnce() {
        var all = Stream.generate(() -> one(Duration.ZERO)).limit(6)
                .map(one -> CompletableFuture.runAsync(one::look)).toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(all).join();
        one(Duration.ZERO).look();
        assertThat(looks).hasValue(1);

        passes("10 seconds");
        one(Duration.ZERO).look();
        assertThat(looks).hasValue(2);
    }

    @Test
    void restsTwentyTimesAsLongAsItLooked() {
        one(Duration.ofSeconds(3)).look();

        passes("59 seconds");
        assertThat(one(Duration.ZERO).look()).isFalse();
        passes("2 seconds");
        assertThat(one(Duration.ZERO).look()).isTrue();
    }

    @Test
    void restsForAMinuteAtMost() {
        one(Duration.ofSeconds(30)).look();

        passes("59 seconds");
        assertThat(one(Duration.ZERO).look()).isFalse();
        passes("2 seconds");
        assertThat(one(Duration.ZERO).look()).isTrue();
    }

    @Test
    void writesWhatItSawWhereEachLookTakesLongerThanItsTime() {
        var first = UUID.randomUUID();
        var second = UUID.randomUUID();
        var begun = figures.claim(first).orElseThrow();
        passes("21 seconds");
        var laterBegun = figures.claim(second).orElseThrow();

        assertThat(figures.write(first, seen(begun), Duration.ofSeconds(30))).as("nobody has looked yet").isTrue();
        assertThat(figures.latest().orElseThrow().takenAt()).isEqualTo(begun.toInstant());
        passes("61 seconds");
        assertThat(tables.jdbc.sql("select looker from millrace_jobs.cluster_figures").query(UUID.class).single())
                .as("looks still").isEqualTo(second);
        assertThat(figures.write(second, seen(laterBegun), Duration.ofSeconds(31))).isTrue();
        assertThat(figures.latest().orElseThrow().takenAt()).isEqualTo(laterBegun.toInstant());

        assertThat(figures.write(first, seen(begun), Duration.ofSeconds(32))).as("older").isFalse();
        assertThat(figures.latest().orElseThrow().takenAt()).isEqualTo(laterBegun.toInstant());
        assertThat(tables.jdbc.sql("select took from millrace_jobs.cluster_figures").query(Double.class).single())
                .isEqualTo(32);
    }

    @Test
    void goesOnInAnotherProcessWhereOneHasDied() {
        var dead = UUID.randomUUID();
        var at = figures.claim(dead).orElseThrow();

        assertThat(one(Duration.ZERO).look()).isFalse();
        passes("21 seconds");
        assertThat(one(Duration.ZERO).look()).isTrue();

        assertThat(figures.write(dead, seen(at), Duration.ofMinutes(1))).as("it was only slow").isFalse();
        assertThat(figures.latest().orElseThrow().queues()).contains(MAIL);
    }

    @Test
    void leavesTheNextLookToOthersWhereOneFails() {
        var failing = new LookInTurn(figures, () -> {
            throw new CannotGetJdbcConnectionException("away");
        }, new LookAtTypes(tables.database, tables.schema), new LookAtWorkers(tables.database, tables.schema),
                nanos::get);
        assertThatExceptionOfType(CannotGetJdbcConnectionException.class).isThrownBy(failing::look);

        passes("21 seconds");

        assertThat(one(Duration.ZERO).look()).isTrue();
    }

    @Test
    void isReadByProcessesOfOtherVersions() {
        one(Duration.ZERO).look();
        tables.jdbc.sql("""
                        update millrace_jobs.cluster_figures
                        set snapshot = (snapshot #- '{queues,0,enqueuedPerMinute}') || '{"more": {"of": 1}}'
                        """).update();

        assertThat(figures.latest().orElseThrow().queues().getFirst().enqueuedPerMinute()).isZero();
    }

    private static ClusterFigures.Snapshot seen(OffsetDateTime at) {
        return new ClusterFigures.Snapshot(at.toInstant(), List.of(), List.of(), 0, 0);
    }

    private LookInTurn one(Duration took) {
        return new LookInTurn(figures, () -> {
            looks.incrementAndGet();
            nanos.addAndGet(took.toNanos());
            return List.of(MAIL, QueueStatus.unused("idle"));
        }, new LookAtTypes(tables.database, tables.schema), new LookAtWorkers(tables.database, tables.schema),
                nanos::get);
    }

    /** For those who look. */
    private void passes(String interval) {
        tables.jdbc
                .sql("""
                     update millrace_jobs.cluster_figures
                     set next_look_at = next_look_at - time, look_ends_by = look_ends_by - time from (select ?::interval as time) passed
                     """)
                .param(interval).update();
    }
}
