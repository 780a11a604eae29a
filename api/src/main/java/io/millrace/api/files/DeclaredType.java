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
        return parse("Content-Type", header);
    }

    /** The same of something else than the header. */
    static @Nullable MediaType parse(String field, @Nullable String header) {
        if (header == null || header.isBlank()) {
            return null;
        }
        if (header.length() > MAX_CHARACTERS || header.chars().anyMatch(c -> c < ' ' || c > '~')) {
            throw invalid(field);
        }
        try {
            MediaType type = MediaType.parseMediaType(header);
            if (!type.isConcrete()) {
                throw invalid(field);
            }
            return type;
        } catch (InvalidMediaTypeException e) {
            throw invalid(field);
        }
    }

    private static ProblemException invalid(String field) {
        return ProblemException.invalid(field, "must be a media type such as text/csv, at most "
                + MAX_CHARACTERS + " characters long");
    }
}
