package io.millrace.core.paging;

/**
 * What a cursor belongs to: a place among the products of one category says nothing about another's.
 *
 * @param name
 *            which listing, e.g. {@code posts}; stable, because cursors outlive a deployment
 * @param filter
 *            which of its rows, e.g. a category; empty for all
 */
public record Listing(String name, String filter) {

    /** All rows of a listing. */
    public static Listing of(String name) {
        return new Listing(name, "");
    }
}
