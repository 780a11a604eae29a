package io.millrace.api.files;

import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

import io.millrace.api.http.ProblemException;

/** What a client says its content is. */
final class DeclaredType {

    private static final int MAX_CHARACTERS = 255;

    private DeclaredType() {
    }

    /**
     * Reads a {@code Content-Type}.
     *
     * @return null if nothing is declared
     * @throws ProblemException
     *             400 if it is no media type, or longer than 255 characters
     */
    static @Nullable MediaType parse(@Nullable String header) {
        if (header == null || header.isBlank()) {
            return null;
        }
        if (header.length() > MAX_CHARACTERS || header.chars().anyMatch(c -> c < ' ' || c > '~')) {
            throw invalid();
        }
        try {
            MediaType type = MediaType.parseMediaType(header);
            if (!type.isConcrete()) {
                throw invalid();
            }
            return type;
        } catch (InvalidMediaTypeException e) {
            throw invalid();
        }
    }

    private static ProblemException invalid() {
        return ProblemException.invalid("Content-Type", "must be a media type such as text/csv, at most "
                + MAX_CHARACTERS + " characters long");
    }
}
