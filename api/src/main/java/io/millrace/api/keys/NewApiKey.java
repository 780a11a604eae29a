package io.millrace.api.keys;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

import org.jspecify.annotations.Nullable;

import io.millrace.api.http.OneLine;
import io.millrace.api.http.Scope;

/**
 * The body of {@code POST /api-keys}.
 *
 * @param jobTypes
 *            empty or absent for all; a type need not exist yet
 * @param queues
 *            empty or absent for all
 * @param expiresAt
 *            absent for never
 */
record NewApiKey(@NotNull(message = "is missing") @OneLine(max = 100) String name,
        @NotEmpty(message = "must name at least one scope") List<@NotNull(message = "must be a text") Scope> scopes,
        @Size(max = MOST_NAMES, message = "must be at most {max}") @Nullable List<@NotNull(message = "must be a text") @OneLine(max = 100) String> jobTypes,
        @Size(max = MOST_NAMES, message = "must be at most {max}") @Nullable List<@NotNull(message = "must be a text") @OneLine(max = 100) String> queues,
        @Valid @Nullable RateLimit rateLimit, @Valid @Nullable Quota quota, @Nullable Instant expiresAt) {

    static final int MOST_NAMES = 100;

    Set<Scope> scopeSet() {
        return new LinkedHashSet<>(scopes);
    }

    static List<String> orAll(@Nullable List<String> names) {
        return names == null ? List.of() : List.copyOf(new LinkedHashSet<>(names));
    }
}
