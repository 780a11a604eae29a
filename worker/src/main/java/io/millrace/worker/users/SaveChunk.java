package io.millrace.worker.users;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.UUID;

import org.postgresql.PGConnection;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import io.millrace.core.mail.SendWelcomeEmail;
import io.millrace.jobs.JobQueue;

/**
 * Keeps a chunk: its users, the jobs of their mails, its rejects and how far the import is, in one transaction.
 *
 * <p>
 * The users come by COPY into a temporary table, which costs no WAL and cannot be left behind, and go on from there in the order
 * of their addresses: two imports that meet wait for one another and never dead-lock. Of rows with the same address the first
 * in the file becomes the user.
 */
@Component
class SaveChunk {

    private static final String NEW_USERS = """
                                            insert into users (id, email, full_name)
                                            select uuidv7(), email, full_name
                                            from user_import_rows
                                            order by lower(email) collate "C", ctid
                                            on conflict (lower(email)) do nothing
                                            """;

    private final JdbcTemplate jdbc;
    private final Imports imports;
    private final JobQueue jobQueue;

    SaveChunk(JdbcTemplate jdbc, Imports imports, JobQueue jobQueue) {
        this.jdbc = jdbc;
        this.imports = imports;
        this.jobQueue = jobQueue;
    }

    /**
     * All of it or nothing.
     *
     * @return where the import stands then
     * @throws IllegalStateException
     *             if another run of the job has gone on meanwhile
     */
    @Transactional
    ImportState save(UUID jobId, Chunk chunk, boolean sendWelcome) {
        var before = imports.lock(jobId);
        if (before.lastRow() != chunk.after() || before.finished()) {
            throw new IllegalStateException(
                    "another run of this job has gone on with the import: this one stood at row "
                            + chunk.after() + ", that one at " + before.lastRow());
        }
        if (chunk.rejects().rows() > 0) {
            copy("user_import_rejects (job_id, row_number, reason, original)", chunk.rejects());
        }
        var after = before.plus(chunk, chunk.users().rows() > 0 ? saveUsers(chunk.users(), sendWelcome) : 0);
        imports.save(jobId, after);
        return after;
    }

    private int saveUsers(CopyRows users, boolean sendWelcome) {
        jdbc.execute("create temporary table user_import_rows (email text, full_name text) on commit drop");
        copy("user_import_rows (email, full_name)", users);
        if (!sendWelcome) {
            return jdbc.update(NEW_USERS);
        }
        List<UUID> ids = jdbc.query(NEW_USERS + "returning id", (row, number) -> row.getObject(1, UUID.class));
        jobQueue.enqueueAll(ids.stream().map(SendWelcomeEmail::new));
        return ids.size();
    }

    private void copy(String table, CopyRows rows) {
        jdbc.execute((ConnectionCallback<Long>) connection -> {
            try {
                return connection.unwrap(PGConnection.class).getCopyAPI().copyIn(
                        "copy " + table + " from stdin (format binary)",
                        new ByteArrayInputStream(rows.array(), 0, rows.size()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
