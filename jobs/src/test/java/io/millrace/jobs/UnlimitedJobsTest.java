package io.millrace.jobs;

import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Looks for waiting jobs that begin where the one before found the first. */
class UnlimitedJobsTest {

    private final StoreTables tables = new StoreTables();
    private final UnlimitedJobs unlimited = new UnlimitedJobs(tables.schema);

    @AfterEach
    void close() {
        tables.close();
    }

    @Test
    void findWhatCameInFrontMeanwhileWhereThereIsRoom() throws SQLException {
        tables.add("ENQUEUED", 3);
        var first = look(1).getFirst();
        var urgent = UUID.fromString(tables.jdbc
                .sql("select max(id) from millrace_jobs.jobrunr_jobs where id <> ?").param(first.toString())
                .query(String.class).single());
        tables.jdbc.sql("update millrace_jobs.jobrunr_jobs set priority = 100 where id = ?").param(urgent.toString())
                .update();

        assertThat(look(1)).as("from where the last one began").containsExactly(first);
        assertThat(look(5)).hasSize(3).first().isEqualTo(urgent);
        assertThat(look(1)).as("from the very front").containsExactly(urgent);
    }

    @Test
    void findNothingTwice() throws SQLException {
        tables.add("ENQUEUED", 3);
        look(2);

        assertThat(look(5)).hasSize(3).doesNotHaveDuplicates();
    }

    private List<UUID> look(int most) throws SQLException {
        try (var connection = tables.database.getConnection()) {
            connection.setAutoCommit(false);
            var found = unlimited.lock(connection, "default", new Taken(), most);
            connection.rollback();
            return found;
        }
    }
}
