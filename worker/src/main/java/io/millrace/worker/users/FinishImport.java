package io.millrace.worker.users;

import java.io.IOException;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import io.millrace.core.files.FileStore;
import io.millrace.core.files.FileTooLarge;
import io.millrace.core.files.NewFile;
import io.millrace.jobs.JobExecution;

/** Makes a file of the rejects. It appears in the commit that ends the import, so that no second one ever does. */
@Component
final class FinishImport {

    private final Imports imports;
    private final RejectRows rejects;
    private final FileStore files;

    FinishImport(Imports imports, RejectRows rejects, FileStore files) {
        this.imports = imports;
        this.rejects = rejects;
        this.files = files;
    }

    /** The id of the file; null if there is nothing to tell. */
    @Nullable
    UUID finish(ImportState state, JobExecution execution) throws IOException {
        if (state.rejected() == 0) {
            imports.finish(execution.id(), null);
            return null;
        }
        try {
            return store(execution.id());
        } catch (FileTooLarge e) {
            execution.log("The file of the rejects would have more than " + e.maxBytes()
                    + " bytes, so there is none (millrace.files.max-size).");
            imports.finish(execution.id(), null);
            return null;
        }
    }

    private UUID store(UUID jobId) throws IOException {
        try (var csv = new RejectsCsv(rejects, jobId)) {
            return files.store(NewFile.called("rejects-" + jobId + ".csv", "text/csv;charset=utf-8"), csv, file -> {
                imports.finish(jobId, file.id());
                return file.id();
            });
        }
    }

    /** Drops what has become a file; again, if a run was killed over it. */
    void tidyUp(UUID jobId) {
        rejects.remove(jobId);
    }
}
