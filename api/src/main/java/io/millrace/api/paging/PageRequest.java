package io.millrace.api.paging;

import io.millrace.core.paging.Cursor;
import io.millrace.core.paging.Listing;

/**
 * Which page is asked for.
 *
 * @param limit
 *            of rows, from 1 to {@code millrace.paging.max-limit}
 */
public record PageRequest(Listing listing, Cursor after, int limit) {
}
