package io.millrace.api.content;

import java.util.UUID;
import jakarta.validation.constraints.NotNull;

import io.millrace.api.http.Prose;

/** The body of {@code POST /posts/{id}/comments}. */
record NewComment(@NotNull(message = "is missing") UUID userId,
        @NotNull(message = "is missing") @Prose(max = 2000) String body) {
}
