package io.millrace.jobs;

import java.util.UUID;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * What a tracing system is told of enqueues and runs; {@code io.millrace.jobs.tracing} tells Micrometer's. A seam of the engine's own, not
 * for applications: it may change with any version. Called on the threads of callers and of jobs: must not block and must not throw.
 */
public interface JobSpans {

    /** Where nobody traces. */
    JobSpans NONE = new JobSpans() {
    };

    /**
     * What travels in the rows of jobs that are enqueued on this thread now, as
     * <a href="https://www.w3.org/TR/trace-context/#traceparent-header">traceparent</a>; null for nothing.
     */
    default @Nullable String traceparent() {
        return null;
    }

    /**
     * Has something enqueued in a span of its own.
     *
     * @param type
     *            asked for only where there is a span
     */
    default <T> T enqueue(Supplier<String> type, Supplier<T> enqueue) {
        return enqueue.get();
    }

    /**
     * Begins the span of a run, on its thread.
     *
     * @param attempt
     *            from 1
     * @param first
     *            what the job's first failed run has left to link to
     */
    default Run run(UUID id, EnqueuedJob job, int attempt, @Nullable String first) {
        return Run.NONE;
    }

    /** The span of a run. */
    interface Run {

        Run NONE = new Run() {
        };

        /** What later runs of the job link to, if this is the first that fails; null for nothing. */
        default @Nullable String link() {
            return null;
        }

        /** On any thread. Nothing happens if it has ended. */
        default void failed(Throwable failure) {
        }

        /** On the thread of the run, once, whether it has failed or not. */
        default void close() {
        }
    }
}
