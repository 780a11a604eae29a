package io.millrace.jobs;

import java.time.Duration;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What is told of jobs whose worker died. */
class CrashEventsTest {

    @Test
    void countTheJobsThatWereFound() {
        var heard = new HeardEvents();
        var events = new TellEvents(() -> Stream.of(heard));
        events.afterSingletonsInstantiated();
        try (var tables = new StoreTables(); var wakeUp = new WakeUp(tables.database, tables.schema, false, events)) {
            tables.store.setJobMapper(
                    new JobsAutoConfiguration().jobMapper(new JobsAutoConfiguration().jobRunrJsonMapper()));
            tables.add("PROCESSING", 2);

            new RescueJobs(new WorkerTables(tables.database, tables.schema, wakeUp), tables.store, UUID.randomUUID(),
                    Duration.ofSeconds(60), RandomGenerator.getDefault()).ofNobody();
        }

        assertThat(heard.jobs()).containsExactly("crashed 2 ship-order in default");
    }
}
