package io.millrace.api.content;

import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

import org.jspecify.annotations.Nullable;

import io.millrace.api.http.OneLine;
import io.millrace.api.http.ProblemException;
import io.millrace.api.http.Prose;

/** The body of {@code POST /posts}; without {@code tags} it has none. */
record NewPost(@NotNull(message = "is missing") UUID userId,
        @NotNull(message = "is missing") @OneLine(max = 200) String title,
        @NotNull(message = "is missing") @Prose(max = 10_000) String body,
        @Size(max = 20, message = "must be at most 20") @Nullable List<@NotNull(message = "must be a text") @OneLine(max = 50) String> tags) {

    /**
     * The tags in their order.
     *
     * @throws ProblemException
     *             400 if one is there twice
     */
    List<String> differentTags() {
        List<String> given = tags == null ? List.of() : tags;
        if (new HashSet<>(given).size() < given.size()) {
            throw ProblemException.invalid("tags", "must be different from each other");
        }
        return given;
    }
}
