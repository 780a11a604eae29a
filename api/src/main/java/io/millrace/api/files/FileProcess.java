package io.millrace.api.files;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.millrace.api.http.ProblemException;

/** What is to become of a file once it is there: the parameter {@code process} of an upload. */
enum FileProcess {

    /** It is kept, no more. Also what an absent parameter means. */
    NONE("none"),

    PROFILE_FILE("profile-file"),

    IMPORT_USERS("import-users");

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

    /** The type of its job; empty if there is none. */
    Optional<String> jobType() {
        return this == NONE ? Optional.empty() : Optional.of(value);
    }
}
