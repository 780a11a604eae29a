package io.millrace.api.files;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.millrace.api.http.ProblemException;
import io.millrace.core.files.ProfileFile;
import io.millrace.core.users.ImportUsers;
import io.millrace.jobs.Job;

/**
 * What is to become of a file, by the parameters of its upload.
 *
 * @param sendWelcome
 *            whether users who are imported get a welcome mail; null where nothing was said
 */
record UploadOrder(FileProcess process, @Nullable Boolean sendWelcome) {

    /**
     * Both are null where they are absent.
     *
     * @throws ProblemException
     *             400 naming the parameter and the values it may have
     */
    static UploadOrder of(@Nullable String process, @Nullable String sendWelcome) {
        var known = FileProcess.of(process);
        if (sendWelcome == null) {
            return new UploadOrder(known, null);
        }
        if (known != FileProcess.IMPORT_USERS) {
            throw ProblemException.invalid("sendWelcome", "is only for process=import-users");
        }
        return new UploadOrder(known, switch (sendWelcome) {
            case "true" -> true;
            case "false" -> false;
            default -> throw ProblemException.invalid("sendWelcome", "must be true or false");
        });
    }

    /** The job for the file; null if there is nothing to do. */
    @Nullable
    Job<?> job(UUID fileId) {
        return switch (process) {
            case NONE -> null;
            case PROFILE_FILE -> new ProfileFile(fileId);
            case IMPORT_USERS -> new ImportUsers(fileId, sendWelcome);
        };
    }
}
