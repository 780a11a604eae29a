package io.millrace.core.users;

import org.jspecify.annotations.Nullable;

/**
 * What happens to a value that may be missing.
 *
 * @param given
 *            false if it stays as it is
 * @param value
 *            what it becomes; null clears it
 */
public record Change<T>(boolean given, @Nullable T value) {

    /** It stays as it is. */
    public static <T> Change<T> none() {
        return new Change<>(false, null);
    }

    /** It becomes {@code value}, or goes if that is null. */
    public static <T> Change<T> to(@Nullable T value) {
        return new Change<>(true, value);
    }
}
