package io.millrace.jobs.tracing;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import io.micrometer.tracing.Link;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import org.jspecify.annotations.Nullable;

import io.millrace.jobs.EnqueuedJob;
import io.millrace.jobs.JobSpans;

/**
 * Spans named as OpenTelemetry's
 * <a href="https://opentelemetry.io/docs/specs/semconv/messaging/messaging-spans/">conventions for messaging</a> say, where the queue
 * is the destination. Whether a trace is sampled is decided where it begins.
 */
final class TracedJobs implements JobSpans {

    private static final String SYSTEM = "millrace";

    private final Tracer tracer;

    TracedJobs(Tracer tracer) {
        this.tracer = tracer;
    }

    @Override
    public @Nullable String traceparent() {
        var current = tracer.currentSpan();
        return current == null ? null : Traceparent.of(current.context());
    }

    @Override
    public <T> T enqueue(Supplier<String> type, Supplier<T> enqueue) {
        var name = type.get();
        var span = tracer.spanBuilder().kind(Span.Kind.PRODUCER).name("enqueue " + name)
                .tag("messaging.system", SYSTEM).tag("messaging.operation.type", "send")
                .tag("millrace.job.type", name).start();
        try (var _ = tracer.withSpan(span)) {
            return enqueue.get();
        } catch (RuntimeException | Error e) {
            span.error(FailureKind.of(e));
            throw e;
        } finally {
            span.end();
        }
    }

    @Override
    public Run run(UUID id, EnqueuedJob job, int attempt, @Nullable String first) {
        var span = tracer.spanBuilder().kind(Span.Kind.CONSUMER).name("run " + job.type())
                .tag("messaging.system", SYSTEM).tag("messaging.operation.type", "process")
                .tag("messaging.destination.name", job.queue()).tag("messaging.message.id", id.toString())
                .tag("millrace.job.type", job.type()).tag("millrace.job.attempt", attempt);
        Traceparent.read(job.traceparent(), tracer).ifPresentOrElse(span::setParent, span::setNoParent);
        Traceparent.read(first, tracer).ifPresent(context -> span.addLink(new Link(context)));
        return new TracedRun(tracer, span.start());
    }

    private static final class TracedRun implements Run {

        private final Span span;
        private final Tracer.SpanInScope scope;
        private final AtomicBoolean ended = new AtomicBoolean();

        TracedRun(Tracer tracer, Span span) {
            this.span = span;
            this.scope = tracer.withSpan(span);
        }

        /** All runs of a job are sampled or none is, unless each begins a trace. */
        @Override
        public @Nullable String link() {
            return Boolean.TRUE.equals(span.context().sampled()) ? Traceparent.of(span.context()) : null;
        }

        @Override
        public void failed(Throwable failure) {
            if (ended.compareAndSet(false, true)) {
                span.error(FailureKind.of(failure));
                span.end();
            }
        }

        @Override
        public void close() {
            scope.close();
            if (ended.compareAndSet(false, true)) {
                span.end();
            }
        }
    }
}
