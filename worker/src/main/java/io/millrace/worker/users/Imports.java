package io.millrace.worker.users;

import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The rows of {@code user_imports}, one for each job. */
@Component
class Imports {

    private final JdbcClient jdbc;

    Imports(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Where the job's import stands; makes its row at the first run. Forgets those that nobody has touched for a month. */
    @Transactional
    ImportState begin(UUID jobId, UUID fileId) {
        // One at a time, and none with rejects that are still to become a file: those go with it, in batches.
        jdbc.sql("""
                 delete from user_imports
                 where job_id = (
                     select job_id from user_imports i
                     where touched_at < now() - interval '30 days'
                         and not exists (select from user_import_rejects r where r.job_id = i.job_id)
                     limit 1
                     for update skip locked
                 )
                 """).update();
        jdbc.sql("insert into user_imports (job_id, file_id) values (:job, :file) on conflict do nothing")
                .param("job", jobId).param("file", fileId).update();
        return find(jobId, "");
    }

    /** The state, which stays so until the transaction ends: another run of the job that still goes on waits. */
    @Transactional(propagation = Propagation.MANDATORY)
    ImportState lock(UUID jobId) {
        return find(jobId, "for update");
    }

    private ImportState find(UUID jobId, String lock) {
        return jdbc.sql("""
                        select last_row, imported, already_there, rejected, rejects_file_id, all_read,
                            finished_at is not null as finished
                        from user_imports
                        where job_id = :job
                        """ + lock).param("job", jobId).query(ImportState.class).single();
    }

    @Transactional(propagation = Propagation.MANDATORY)
    void save(UUID jobId, ImportState state) {
        jdbc.sql("""
                 update user_imports
                 set last_row = :lastRow, imported = :imported, already_there = :alreadyThere, rejected = :rejected,
                     all_read = :allRead, touched_at = now()
                 where job_id = :job
                 """).param("job", jobId).param("lastRow", state.lastRow()).param("imported", state.imported())
                .param("alreadyThere", state.alreadyThere()).param("rejected", state.rejected())
                .param("allRead", state.allRead()).update();
    }

    /**
     * Ends the import, in the caller's transaction if there is one.
     *
     * @throws IllegalStateException
     *             if another run has; that one's file counts
     */
    void finish(UUID jobId, @Nullable UUID rejectsFileId) {
        int finished = jdbc.sql("""
                                update user_imports
                                set rejects_file_id = :rejects, finished_at = now(), touched_at = now()
                                where job_id = :job and finished_at is null
                                """).param("job", jobId).param("rejects", rejectsFileId).update();
        if (finished == 0) {
            throw new IllegalStateException("another run of this job has ended the import");
        }
    }
}
