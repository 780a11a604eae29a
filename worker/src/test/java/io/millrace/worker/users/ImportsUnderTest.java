package io.millrace.worker.users;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;

import io.millrace.core.files.FileStore;
import io.millrace.core.files.StoredFile;
import io.millrace.core.users.ImportUsers;
import io.millrace.core.users.UsersImported;
import io.millrace.jobs.testing.PerformJob;
import io.millrace.worker.WorkerUnderTest;

/** The import of users in a worker of its own, which lives until the JVM ends. */
final class ImportsUnderTest {

    static final WorkerUnderTest WORKER = WorkerUnderTest.startForDraining();
    static final FileStore FILES = WORKER.bean(FileStore.class);
    static final JdbcClient JDBC = WORKER.bean(JdbcClient.class);
    static final ImportUsersHandler HANDLER = WORKER.bean(ImportUsersHandler.class);

    private ImportsUnderTest() {
    }

    static void forgetEverything() {
        JDBC.sql("truncate users cascade").update();
        JDBC.sql("delete from millrace_jobs.jobrunr_jobs").update();
    }

    static UsersImported run(StoredFile file) throws Exception {
        return PerformJob.with(HANDLER).run(new ImportUsers(file.id(), null));
    }

    static StoredFile stored(String name, String text) throws IOException {
        return FILES.store(name, null, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    static String rejects(UsersImported result) {
        var file = FILES.find(Objects.requireNonNull(result.rejectsFileId())).orElseThrow();
        try (var content = FILES.open(file)) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> users() {
        return JDBC.sql("select email || ' ' || full_name || ' ' || version from users order by lower(email)")
                .query(String.class).list().stream().map(String::valueOf).toList();
    }

    /** Of whom a welcome mail waits. */
    static List<String> jobs() {
        return JDBC.sql("""
                        select substring(jobAsJson from '[0-9a-f]{8}-[0-9a-f-]{27}(?=\\\\*"})')
                        from millrace_jobs.jobrunr_jobs
                        where jobAsJson like '%send-welcome-email%'
                        """).query(String.class).list().stream().map(String::valueOf).toList();
    }

    static String stateOf(UUID job) {
        return JDBC
                .sql("""
                     select concat_ws(' ', last_row, imported, already_there, rejected, (finished_at is not null)::text)
                     from user_imports
                     where job_id = :job
                     """).param("job", job).query((row, number) -> row.getString(1)).single();
    }
}
