package io.millrace.jobs;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import io.millrace.jobs.JobStatus.State;
import io.millrace.jobs.WatchedJobs.Now;
import io.millrace.jobs.WatchedJobs.Seen;
import io.millrace.jobs.sample.ShipOrder;
import io.millrace.jobs.sample.ShopApplication;
import io.millrace.testkit.StatementRecorder;
import io.millrace.testkit.TestPostgres;

import static org.assertj.core.api.Assertions.assertThat;

/** All who come back at once, as after a restart of the API, cost no more than what they want to know. */
@SpringBootTest(classes = ShopApplication.class)
class WatchedJobsTest {

    private static final int MANY = 3 * WatchedJobs.ROWS_AT_ONCE;
    private static final String URL = TestPostgres.newDatabase();

    @Autowired
    JobQueue queue;
    @Autowired
    JobStore store;
    @Autowired
    JobsSchema schema;

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry properties) {
        properties.add("spring.datasource.url", () -> URL);
    }

    @Test
    void areReadFewAtATimeAndOnlyWhereTheyChanged() throws Exception {
        var ids = IntStream.range(0, MANY).mapToObj(number -> queue.enqueue(new ShipOrder(number + 1, "somewhere")))
                .toList();
        var gone = new Seen(new UUID(1, 2), 0);
        var recorder = StatementRecorder.of(URL);
        try (var connection = DriverManager.getConnection(recorder.jdbcUrl())) {
            var watched = new WatchedJobs(store, schema);
            var changed = ids.stream().map(id -> new Seen(id, 0)).toList();
            var seen = Stream.concat(changed.stream(), List.of(gone, known(ids.getFirst()),
                    new Seen(ids.getFirst(), Seen.STATE_ONLY)).stream()).toList();
            var found = new HashMap<Seen, Now>();

            var statements = recorder.during(() -> {
                try {
                    found.putAll(watched.look(connection, seen));
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });

            assertThat(statements.stream().filter(statement -> statement.columns().contains("json")))
                    .hasSize(MANY / WatchedJobs.ROWS_AT_ONCE)
                    .allMatch(statement -> statement.rows() <= WatchedJobs.ROWS_AT_ONCE);
            assertThat(found).hasSize(MANY + 2).doesNotContainKey(gone);
            assertThat(changed).allSatisfy(one -> assertThat(found).containsEntry(one,
                    new Now(NewJobRow.FIRST_VERSION, State.ENQUEUED, queue.find(one.id()).orElseThrow())));
            assertThat(found).containsEntry(known(ids.getFirst()),
                    new Now(NewJobRow.FIRST_VERSION, State.ENQUEUED, null));
        }
    }

    private static Seen known(UUID id) {
        return new Seen(id, NewJobRow.FIRST_VERSION);
    }
}
