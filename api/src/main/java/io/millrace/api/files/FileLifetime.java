package io.millrace.api.files;

import java.time.Duration;
import java.time.format.DateTimeParseException;

import org.jspecify.annotations.Nullable;

import io.millrace.api.http.ProblemException;

/** How long a file is to stay: the parameter {@code expiresIn} of an upload. */
final class FileLifetime {

    private static final Duration LONGEST = Duration.ofDays(36_500);

    private FileLifetime() {
    }

    /**
     * By the parameter's value, null for an absent one.
     *
     * @throws ProblemException
     *             400 naming the parameter and what it may be
     */
    static @Nullable Duration of(@Nullable String parameter) {
        if (parameter == null) {
            return null;
        }
        try {
            Duration lifetime = Duration.parse(parameter);
            if (lifetime.compareTo(Duration.ofSeconds(1)) >= 0 && lifetime.compareTo(LONGEST) <= 0) {
                return lifetime;
            }
        } catch (DateTimeParseException e) {
            // As of one that is too long.
        }
        throw ProblemException.invalid("expiresIn", "must be from PT1S to P36500D, e.g. P7D");
    }
}
