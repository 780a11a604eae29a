package io.millrace.jobs;

import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.PGConnection;

import io.millrace.jobs.sample.CallUpstream;

import static org.assertj.core.api.Assertions.assertThat;

/** Idle workers take what was put back without waiting for their poll. */
class PutBackWakesWorkersTest {

    private static final int LONG_MILLIS = 10_000;

    @ParameterizedTest
    @MethodSource("waysBack")
    void wakesThemOnce(BiConsumer<JobQueue, UUID> putBack) throws SQLException {
        try (var tables = new StoreTables();
                var listener = tables.database.getConnection();
                var listen = listener.createStatement()) {
            var queue = StoreQueue.on(tables);
            listen.execute("listen millrace_jobs");
            var id = queue.enqueue(new CallUpstream(1, "x"));
            var wakeUps = listener.unwrap(PGConnection.class);
            assertThat(wakeUps.getNotifications(LONG_MILLIS)).as("of the enqueueing").hasSize(1);
            FailedRows.fail(tables.jdbc, List.of(id), IllegalStateException.class.getName());

            putBack.accept(queue, id);

            assertThat(wakeUps.getNotifications(LONG_MILLIS)).hasSize(1);
        }
    }

    static Stream<Named<BiConsumer<JobQueue, UUID>>> waysBack() {
        return Stream.of(Named.of("one", JobQueue::retry),
                Named.of("many", (queue, _) -> queue.retryAll(FailedJobs.ALL)));
    }
}
