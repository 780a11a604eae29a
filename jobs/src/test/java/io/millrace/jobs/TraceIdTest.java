package io.millrace.jobs;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jobrunr.jobs.Job;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The trace that a job belongs to, by its row. */
class TraceIdTest {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String OF_THE_ENQUEUER = "00-" + TRACE + "-b7ad6b7169203331-01";

    @Test
    void isThatOfWhoeverEnqueuedIt() {
        assertThat(Envelope.traceIdOf(job(OF_THE_ENQUEUER))).isEqualTo(TRACE);
    }

    @Test
    void isThatOfTheFirstRunThatFailedWhereNobodyTracedTheEnqueue() {
        var job = job(null);
        FirstRun.remember(job, new Linked(OF_THE_ENQUEUER));
        FirstRun.remember(job, new Linked("00-" + "f".repeat(32) + "-b7ad6b7169203331-01"));

        var stored = JobReader.read(JobWriter.write(job));

        assertThat(Envelope.traceIdOf(stored)).isEqualTo(TRACE);
        assertThat(FirstRun.of(stored)).isEqualTo(OF_THE_ENQUEUER);
    }

    @Test
    void isUnknownWhereNobodyTraces() {
        assertThat(Envelope.traceIdOf(job(null))).isNull();
        assertThat(Envelope.traceIdOf(job("nonsense"))).isNull();
    }

    @Test
    void costsARowNothingWhereThereIsNone() {
        assertThat(row(null).json(1)).doesNotContain("traceparent");
    }

    private static Job job(@Nullable String traceparent) {
        return JobReader.read(row(traceparent).json(1));
    }

    private static NewJobRow row(@Nullable String traceparent) {
        return new NewJobRow(UUID.randomUUID(),
                new EnqueuedJob("ship-order", 1, "shipping", 0, 3, null, null, traceparent, "{}"), List.of(),
                Instant.EPOCH, null, null, null);
    }

    private record Linked(String link) implements JobSpans.Run {
    }
}
