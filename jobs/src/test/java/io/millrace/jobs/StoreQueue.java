package io.millrace.jobs;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import jakarta.validation.Validation;

/** The queue of a service that has nothing but the engine's tables. */
final class StoreQueue {

    private StoreQueue() {
    }

    /** From now on the tables' store reads and writes rows as a service's does. */
    static JobQueue on(StoreTables tables) {
        tables.store.setJobMapper(new JobJson(new JobsAutoConfiguration().jobRunrJsonMapper()));
        var settings = new JobsProperties("millrace_jobs", List.of(), Duration.ofHours(24), Duration.ofHours(24), true,
                Map.of());
        var types = new JobTypes(List.of("io.millrace.jobs.sample"), settings);
        var payloads = new JobPayloads(Validation.buildDefaultValidatorFactory().getValidator());
        return new PostgresJobQueue(types, payloads, tables.store, tables.database, tables.schema, settings,
                tables.wakeUp, Clock.systemUTC(), JobSpans.NONE);
    }
}
