package io.millrace.jobs.figures;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;

import io.millrace.jobs.QueueStatus;
import io.millrace.jobs.StoreTables;
import io.millrace.jobs.figures.ClusterFigures.Snapshot;
import io.millrace.jobs.figures.ClusterFigures.TypeStatus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ClusterGaugesTest {

    private static final QueueStatus MAIL = new QueueStatus("mail", true, null, 1, 2, 3, 4, Duration.ofMillis(1_500), 5,
            6);
    private static final TypeStatus SEND = new TypeStatus("send", "mail", 7, 8, Duration.ofSeconds(9));
    private static final TypeStatus PAINT = new TypeStatus("paint", "mail", 5, 0, null);

    private final StoreTables tables = new StoreTables();
    private final PostgresClusterFigures figures = new PostgresClusterFigures(tables.database, tables.schema);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final AtomicLong nanos = new AtomicLong();
    private final ClusterGauges gauges = new ClusterGauges(figures, registry, nanos::get);

    @AfterEach
    void close() {
        tables.close();
        registry.close();
    }

    @Test
    void sayWhatWasSeen() {
        seen(List.of(MAIL, QueueStatus.unused("idle")), List.of(SEND, PAINT));
        gauges.read();

        assertThat(of("millrace.queue.waiting", "queue", "mail")).isEqualTo(1);
        assertThat(of("millrace.queue.running", "queue", "mail")).isEqualTo(2);
        assertThat(of("millrace.queue.scheduled", "queue", "mail")).isEqualTo(3);
        assertThat(of("millrace.queue.failed", "queue", "mail")).isEqualTo(4);
        assertThat(of("millrace.queue.oldest.age", "queue", "mail")).isEqualTo(1.5);
        assertThat(of("millrace.queue.paused", "queue", "mail")).isEqualTo(1);
        assertThat(of("millrace.queue.oldest.age", "queue", "idle")).isZero();
        assertThat(of("millrace.queue.paused", "queue", "idle")).isZero();
        assertThat(of("millrace.type.waiting", "type", "send", "queue", "mail")).isEqualTo(7);
        assertThat(of("millrace.type.running", "type", "send", "queue", "mail")).isEqualTo(8);
        assertThat(of("millrace.type.oldest.age", "type", "send", "queue", "mail")).isEqualTo(9);
        assertThat(of("millrace.type.oldest.age", "type", "paint", "queue", "mail")).as("not known").isNaN();
        assertThat(of("millrace.workers")).isEqualTo(2);
        assertThat(of("millrace.workers.slots")).isEqualTo(32);
        assertThat(of("millrace.figures.age")).isBetween(0.0, 30.0);
    }

    @Test
    void areReplacedForNoNewNumber() {
        seen(List.of(QueueStatus.unused("mail")), List.of());
        gauges.read();
        var gauge = registry.get("millrace.queue.waiting").tag("queue", "mail").gauge();
        seen(List.of(MAIL), List.of());
        gauges.read();

        assertThat(gauge.value()).isEqualTo(1);
        assertThat(registry.find("millrace.queue.waiting").gauges()).containsExactly(gauge);
    }

    @Test
    void ofWhatHasGoneDisappear() {
        seen(List.of(MAIL, QueueStatus.unused("idle")), List.of(SEND, PAINT));
        gauges.read();
        seen(List.of(QueueStatus.unused("idle")), List.of(PAINT));
        gauges.read();

        assertThat(registry.find("millrace.queue.waiting").meters()).extracting(Meter::getId)
                .extracting(id -> id.getTag("queue")).containsExactly("idle");
        assertThat(of("millrace.type.running", "type", "send", "queue", "mail")).isNull();
        assertThat(of("millrace.type.running", "type", "paint", "queue", "mail")).isZero();
    }

    @Test
    void areNoMoreThanSomeHundredsHoweverManyQueuesThereAre() {
        var many = IntStream.range(0, NotTooMany.MOST).mapToObj(number -> named("q" + number, 1)).toList();
        seen(many, List.of());
        gauges.read();
        assertThat(registry.find("millrace.queue.waiting").gauges()).hasSize(NotTooMany.MOST);

        var more = Stream.concat(Stream.of(named("a", 2), named("b", 3)), many.stream()).toList();
        seen(more, more.stream().map(queue -> new TypeStatus("send", queue.name(), 1, 1, null)).toList());
        gauges.read();

        assertThat(registry.find("millrace.queue.waiting").gauges()).hasSize(NotTooMany.MOST + 1);
        assertThat(of("millrace.queue.waiting", "queue", "other")).isEqualTo(5);
        assertThat(of("millrace.queue.oldest.age", "queue", "other")).isEqualTo(3);
        assertThat(of("millrace.queue.waiting", "queue", "q499")).isEqualTo(1);
        assertThat(of("millrace.type.waiting", "type", "other", "queue", "other")).isEqualTo(2);
    }

    @Test
    void sayNothingOfWhatIsOldButHowOldItIs() {
        seen(List.of(MAIL), List.of(SEND));
        gauges.read();
        tables.database.close();

        nanos.addAndGet(Duration.ofMinutes(2).toNanos());
        assertThatExceptionOfType(DataAccessException.class).isThrownBy(gauges::read);
        assertThat(of("millrace.queue.waiting", "queue", "mail")).isEqualTo(1);

        nanos.addAndGet(Duration.ofSeconds(70).toNanos());
        assertThat(of("millrace.workers")).isNaN();
        assertThat(of("millrace.queue.waiting", "queue", "mail")).isNaN();
        assertThatExceptionOfType(DataAccessException.class).isThrownBy(gauges::read);
        assertThat(of("millrace.queue.waiting", "queue", "mail")).isNull();
        assertThat(of("millrace.type.waiting", "type", "send", "queue", "mail")).isNull();
        assertThat(of("millrace.figures.age")).isBetween(190.0, 220.0);
    }

    @Test
    void sayNothingBeforeTheFirstLook() {
        gauges.read();

        assertThat(of("millrace.workers")).isNaN();
        assertThat(of("millrace.figures.age")).isNaN();
        assertThat(registry.find("millrace.queue.waiting").meters()).isEmpty();
    }

    private static QueueStatus named(String name, int waiting) {
        return new QueueStatus(name, false, null, waiting, 0, 0, 0, Duration.ofSeconds(waiting), 0, 0);
    }

    private void seen(List<QueueStatus> queues, List<TypeStatus> types) {
        var self = UUID.randomUUID();
        tables.jdbc.sql("update millrace_jobs.cluster_figures set next_look_at = clock_timestamp()").update();
        Instant now = figures.claim(self).orElseThrow().toInstant();
        assertThat(figures.write(self, new Snapshot(now, queues, types, 2, 32), Duration.ZERO)).isTrue();
    }

    private @Nullable Double of(String name, String... tags) {
        var gauge = registry.find(name).tags(tags).gauge();
        return gauge == null ? null : gauge.value();
    }
}
