package io.millrace.core.paging;

import java.util.List;

import io.millrace.core.cache.Emptiable;

/**
 * Some rows of a listing in its order.
 *
 * @param hasNext
 *            whether there was a further row when these were read
 */
public record Slice<T>(List<T> rows, boolean hasNext) implements Emptiable {

    @Override
    public boolean holdsNothing() {
        return rows.isEmpty();
    }

    /** Of the rows that a query with {@code limit + 1} found: one more than wanted tells that there are more. */
    public static <T> Slice<T> of(List<T> found, int limit) {
        return found.size() > limit
                ? new Slice<>(List.copyOf(found.subList(0, limit)), true)
                : new Slice<>(List.copyOf(found), false);
    }
}
