package io.millrace.core.paging;

import java.util.List;

import org.jspecify.annotations.Nullable;

/** One page of a listing, as callers see it. */
public record Page<T>(List<T> data, Pagination pagination) {

    /**
     * How to go on.
     *
     * @param nextCursor
     *            asks for the next page; null on the last one
     * @param limit
     *            how many rows were asked for
     */
    public record Pagination(@Nullable String nextCursor, boolean hasNext, int limit) {
    }
}
