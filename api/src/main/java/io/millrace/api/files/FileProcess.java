package io.millrace.api.files;

import java.util.Arrays;
import java.util.UUID;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.millrace.api.http.ProblemException;
import io.millrace.core.files.ProfileFile;
import io.millrace.jobs.JobQueue;

/** What is to become of a file once it is there: the parameter {@code process} of an upload. */
enum FileProcess {

    /** It is kept, no more. Also what an absent parameter means. */
    NONE("none"),

    PROFILE_FILE("profile-file");

    private final String value;

    FileProcess(String value) {
        this.value = value;
    }

    /**
     * By the parameter's value, null for an absent one.
     *
     * @throws ProblemException
     *             400 naming the parameter and the values it may have
     */
    static FileProcess of(@Nullable String parameter) {
        if (parameter == null) {
            return NONE;
        }
        return Arrays.stream(values()).filter(process -> process.value.equals(parameter)).findFirst()
                .orElseThrow(() -> ProblemException.invalid("process", "must be one of " + allowed()));
    }

    private static String allowed() {
        return Arrays.stream(values()).map(process -> process.value).collect(Collectors.joining(", "));
    }

    /** Enqueues its job within the current transaction. Returns the job's id, null if there is nothing to do. */
    @Nullable
    UUID enqueue(JobQueue jobs, UUID fileId) {
        return switch (this) {
            case NONE -> null;
            case PROFILE_FILE -> jobs.enqueue(new ProfileFile(fileId));
        };
    }
}
