package io.millrace.jobs.figures;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import org.jspecify.annotations.Nullable;

import io.millrace.jobs.QueueStatus;
import io.millrace.jobs.figures.ClusterFigures.Snapshot;
import io.millrace.jobs.figures.ClusterFigures.TypeStatus;
import io.millrace.jobs.figures.PostgresClusterFigures.Aged;

/**
 * The last look at the cluster as gauges, which are read from memory alone; of very many queues or types, those beyond
 * {@link NotTooMany#MOST} are one. Where it is older than three minutes they are gone, but for the one
 * that says how old it is.
 */
final class ClusterGauges {

    private static final Duration OLD = Duration.ofMinutes(3);
    private static final String SECONDS = "seconds";

    private final PostgresClusterFigures figures;
    private final MeterRegistry registry;
    private final LongSupplier nanos;
    private final List<Several<?>> several;
    private final NotTooMany<QueueStatus> queues = new NotTooMany<>(Tags.of("queue", JobFigures.OTHER),
            ClusterGauges::together);
    private final NotTooMany<TypeStatus> types = new NotTooMany<>(
            Tags.of("type", JobFigures.OTHER, "queue", JobFigures.OTHER), ClusterGauges::together);
    private volatile @Nullable Read last;

    ClusterGauges(PostgresClusterFigures figures, MeterRegistry registry, LongSupplier nanos) {
        this.figures = figures;
        this.registry = registry;
        this.nanos = nanos;
        this.several = List.of(
                queues("waiting", "Jobs that wait for a worker", QueueStatus::enqueued),
                queues("scheduled", "Jobs that wait for their time", QueueStatus::scheduled),
                queues("running", "Jobs that run", QueueStatus::processing),
                queues("failed", "Jobs that failed for good and are still there", QueueStatus::failed),
                queues("paused", "Whether the queue is paused (1) or not (0)", queue -> queue.paused() ? 1 : 0),
                new Several<>(ages("millrace.queue.oldest.age"), Read::queues,
                        queue -> seconds(queue.oldestEnqueuedAge(), 0)),
                types("waiting", "Jobs that wait for a worker", TypeStatus::waiting),
                types("running", "Jobs that run", TypeStatus::running),
                new Several<>(ages("millrace.type.oldest.age"), Read::types,
                        type -> seconds(type.oldestAge(), type.waiting() == 0 ? 0 : Double.NaN)));
        Gauge.builder("millrace.workers", this, gauges -> gauges.ofCluster(Snapshot::workers))
                .description("Workers that live").register(registry);
        Gauge.builder("millrace.workers.slots", this, gauges -> gauges.ofCluster(Snapshot::slots))
                .description("Jobs that all workers together can run at once").register(registry);
        Gauge.builder("millrace.figures.age", this, ClusterGauges::ageInSeconds).baseUnit(SECONDS)
                .description("How long ago the last look at all queues began").register(registry);
    }

    private Several<QueueStatus> queues(String what, String description, ToDoubleFunction<QueueStatus> value) {
        return new Several<>(MultiGauge.builder("millrace.queue." + what).description(description), Read::queues,
                value);
    }

    private Several<TypeStatus> types(String what, String description, ToDoubleFunction<TypeStatus> value) {
        return new Several<>(MultiGauge.builder("millrace.type." + what).description(description), Read::types, value);
    }

    private static MultiGauge.Builder ages(String name) {
        return MultiGauge.builder(name).baseUnit(SECONDS)
                .description("How long the job has waited that waits longest; 0 if none does");
    }

    /**
     * Reads the last look. Where that fails, what is known is only older.
     *
     * @throws org.springframework.dao.DataAccessException
     *             if the database cannot be reached
     */
    void read() {
        try {
            long now = nanos.getAsLong();
            last = figures.read().map(aged -> of(aged, now)).orElse(null);
        } finally {
            several.forEach(Several::show);
        }
    }

    private Read of(Aged aged, long at) {
        var byQueue = new LinkedHashMap<Tags, QueueStatus>();
        aged.snapshot().queues().forEach(queue -> byQueue.put(Tags.of("queue", queue.name()), queue));
        var byType = new LinkedHashMap<Tags, TypeStatus>();
        aged.snapshot().types().forEach(type -> byType.put(Tags.of("type", type.type(), "queue", type.queue()), type));
        return new Read(aged, at, queues.of(byQueue), types.of(byType));
    }

    private static QueueStatus together(QueueStatus one, QueueStatus other) {
        return new QueueStatus(JobFigures.OTHER, one.paused() || other.paused(), null,
                one.enqueued() + other.enqueued(), one.processing() + other.processing(),
                one.scheduled() + other.scheduled(), one.failed() + other.failed(),
                longer(one.oldestEnqueuedAge(), other.oldestEnqueuedAge()),
                one.processedPerMinute() + other.processedPerMinute(),
                one.enqueuedPerMinute() + other.enqueuedPerMinute());
    }

    private static TypeStatus together(TypeStatus one, TypeStatus other) {
        return new TypeStatus(JobFigures.OTHER, JobFigures.OTHER, one.waiting() + other.waiting(),
                one.running() + other.running(), longer(one.oldestAge(), other.oldestAge()));
    }

    private static @Nullable Duration longer(@Nullable Duration one, @Nullable Duration other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.compareTo(other) > 0 ? one : other;
    }

    private @Nullable Read current() {
        var read = last;
        return read == null || age(read).compareTo(OLD) > 0 ? null : read;
    }

    private Duration age(Read read) {
        return read.aged().age().plusNanos(nanos.getAsLong() - read.at());
    }

    private double ofCluster(ToDoubleFunction<Snapshot> of) {
        var shown = current();
        return shown == null ? Double.NaN : of.applyAsDouble(shown.aged().snapshot());
    }

    private double ageInSeconds() {
        var read = last;
        return seconds(read == null ? null : age(read), Double.NaN);
    }

    private static double seconds(@Nullable Duration duration, double otherwise) {
        return duration == null ? otherwise : duration.toNanos() / 1e9;
    }

    /**
     * What was read.
     *
     * @param at
     *            by System.nanoTime
     */
    private record Read(Aged aged, long at, Map<Tags, QueueStatus> queues, Map<Tags, TypeStatus> types) {
    }

    /** A gauge for each queue or type that there is. They stay as long as it does, so that no scrape misses one. */
    private final class Several<T> {

        private final MultiGauge gauge;
        private final Function<Read, Map<Tags, T>> rows;
        private final ToDoubleFunction<T> value;

        Several(MultiGauge.Builder gauge, Function<Read, Map<Tags, T>> rows, ToDoubleFunction<T> value) {
            this.gauge = gauge.register(registry);
            this.rows = rows;
            this.value = value;
        }

        void show() {
            var shown = current();
            var tags = shown == null ? Set.<Tags>of() : rows.apply(shown).keySet();
            gauge.register(
                    tags.stream().<MultiGauge.Row<?>>map(each -> MultiGauge.Row.of(each, this, its -> its.of(each)))
                            .toList());
        }

        private double of(Tags tags) {
            var shown = current();
            var row = shown == null ? null : rows.apply(shown).get(tags);
            return row == null ? Double.NaN : value.applyAsDouble(row);
        }
    }
}
