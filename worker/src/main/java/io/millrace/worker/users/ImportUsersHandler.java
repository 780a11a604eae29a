package io.millrace.worker.users;

import java.nio.file.NoSuchFileException;
import java.util.Optional;
import jakarta.validation.Validator;

import org.springframework.stereotype.Component;

import io.millrace.core.files.FileStore;
import io.millrace.core.users.ImportUsers;
import io.millrace.core.users.UsersImported;
import io.millrace.jobs.JobExecution;
import io.millrace.jobs.JobHandler;
import io.millrace.jobs.PermanentFailure;

/**
 * Makes users of the rows of a stored file. Each chunk of rows is one transaction with how far the import is, so a run goes on
 * where the one before it was killed, and each row is done once. A second run after a success answers what the first one
 * did. Its progress is in bytes. Fails for good if the file is no table with the two columns, or is deleted before its last row was
 * done with; what was imported by then stays.
 */
@Component
final class ImportUsersHandler implements JobHandler<ImportUsers, UsersImported> {

    private final FileStore files;
    private final Imports imports;
    private final SaveChunk saveChunk;
    private final FinishImport finish;
    private final CheckUser check;

    ImportUsersHandler(FileStore files, Imports imports, SaveChunk saveChunk, FinishImport finish,
            Validator validator) {
        this.files = files;
        this.imports = imports;
        this.saveChunk = saveChunk;
        this.finish = finish;
        this.check = new CheckUser(validator);
    }

    @Override
    public UsersImported handle(ImportUsers job, JobExecution execution) throws Exception {
        var state = imports.begin(execution.id(), job.fileId());
        if (!state.allRead() && !state.finished()) {
            state = importAll(state, job, execution);
        }
        if (!state.finished()) {
            state = state.ended(finish.finish(state, execution));
        }
        finish.tidyUp(execution.id());
        return state.result();
    }

    private ImportState importAll(ImportState begun, ImportUsers job, JobExecution execution) throws Exception {
        var file = files.find(job.fileId())
                .orElseThrow(() -> new PermanentFailure("there is no file " + job.fileId()));
        var pace = new Pace(execution, file.size(), begun);
        try (var content = new CountedInput(files.open(file));
                var chunks = new ChunksAhead(
                        () -> ReadChunks.of(file, content, execution.id(), begun.lastRow(), check), begun.lastRow())) {
            var state = begun;
            for (Optional<Chunk> next = chunks.next(); next.isPresent(); next = chunks.next()) {
                if (execution.isCancelled()) {
                    throw new InterruptedException("told to stop; the next run goes on after row " + state.lastRow());
                }
                state = saveChunk.save(execution.id(), next.get(), Boolean.TRUE.equals(job.sendWelcome()));
                pace.is(state, next.get().bytes());
            }
            pace.ended(state);
            return state;
        } catch (NoSuchFileException e) {
            throw new PermanentFailure("file " + file.id() + " was deleted while it was read", e);
        }
    }
}
