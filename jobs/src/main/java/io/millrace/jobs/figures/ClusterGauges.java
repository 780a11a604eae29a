package io.millrace.jobs.figures;

import java.time.Duration;
import java.util.List;
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
 * The last look at the cluster as gauges, which are read from memory alone. Where it is older than a minute they are gone, but for the one
 * that says how old it is.
 */
final class ClusterGauges {

    private static final Duration OLD = Duration.ofMinutes(1);
    private static final String SECONDS = "seconds";

    private final PostgresClusterFigures figures;
    private final LongSupplier nanos;
    private final List<OfQueues> ofQueues;
    private final List<OfTypes> ofTypes;
    private volatile @Nullable Read last;

    ClusterGauges(PostgresClusterFigures figures, MeterRegistry registry, LongSupplier nanos) {
        this.figures = figures;
        this.nanos = nanos;
        this.ofQueues = List.of(
                new OfQueues(several(registry, "millrace.queue.waiting", "Jobs that wait for a worker"), QueueStatus::enqueued),
                new OfQueues(several(registry, "millrace.queue.scheduled", "Jobs that wait for their time"),
                        QueueStatus::scheduled),
                new OfQueues(several(registry, "millrace.queue.running", "Jobs that run"), QueueStatus::processing),
                new OfQueues(several(registry, "millrace.queue.failed", "Jobs that failed for good and are still there"),
                        QueueStatus::failed),
                new OfQueues(ages(registry, "millrace.queue.oldest.age"), queue -> seconds(queue.oldestEnqueuedAge(), 0)),
                new OfQueues(several(registry, "millrace.queue.paused", "Whether the queue is paused (1) or not (0)"),
                        queue -> queue.paused() ? 1 : 0));
        this.ofTypes = List.of(
                new OfTypes(several(registry, "millrace.type.waiting", "Jobs that wait for a worker"), TypeStatus::waiting),
                new OfTypes(several(registry, "millrace.type.running", "Jobs that run"), TypeStatus::running),
                new OfTypes(ages(registry, "millrace.type.oldest.age"),
                        type -> seconds(type.oldestAge(), type.waiting() == 0 ? 0 : Double.NaN)));
        Gauge.builder("millrace.workers", this, gauges -> gauges.ofCluster(Snapshot::workers))
                .description("Workers that live").register(registry);
        Gauge.builder("millrace.workers.slots", this, gauges -> gauges.ofCluster(Snapshot::slots))
                .description("Jobs that all workers together can run at once").register(registry);
        Gauge.builder("millrace.figures.age", this, ClusterGauges::ageInSeconds).baseUnit(SECONDS)
                .description("How long ago the last look at all queues began").register(registry);
    }

    private static MultiGauge several(MeterRegistry registry, String name, String description) {
        return MultiGauge.builder(name).description(description).register(registry);
    }

    private static MultiGauge ages(MeterRegistry registry, String name) {
        return MultiGauge.builder(name).baseUnit(SECONDS)
                .description("How long the job has waited that waits longest; 0 if none does").register(registry);
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
            last = figures.read().map(aged -> new Read(aged, now)).orElse(null);
        } finally {
            show();
        }
    }

    private void show() {
        var shown = current();
        var queues = shown == null ? List.<QueueStatus>of() : shown.queues();
        var types = shown == null ? List.<TypeStatus>of() : shown.types();
        ofQueues.forEach(gauge -> gauge.show(queues));
        ofTypes.forEach(gauge -> gauge.show(types));
    }

    private @Nullable Snapshot current() {
        var read = last;
        return read == null || age(read).compareTo(OLD) > 0 ? null : read.aged().snapshot();
    }

    private Duration age(Read read) {
        return read.aged().age().plusNanos(nanos.getAsLong() - read.at());
    }

    private double ofCluster(ToDoubleFunction<Snapshot> of) {
        var shown = current();
        return shown == null ? Double.NaN : of.applyAsDouble(shown);
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
    private record Read(Aged aged, long at) {
    }

    private record OfQueues(MultiGauge gauge, ToDoubleFunction<QueueStatus> value) {

        void show(List<QueueStatus> queues) {
            gauge.register(queues.stream().map(queue -> MultiGauge.Row.of(Tags.of("queue", queue.name()), queue, value))
                    .toList(), true);
        }
    }

    private record OfTypes(MultiGauge gauge, ToDoubleFunction<TypeStatus> value) {

        void show(List<TypeStatus> types) {
            gauge.register(types.stream()
                    .map(type -> MultiGauge.Row.of(Tags.of("type", type.type(), "queue", type.queue()), type, value))
                    .toList(), true);
        }
    }
}
