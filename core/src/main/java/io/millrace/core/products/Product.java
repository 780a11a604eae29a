package io.millrace.core.products;

import java.math.BigDecimal;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.millrace.core.paging.Cursor;

/**
 * An entry of the catalogue.
 *
 * @param id
 *            chosen by whoever keeps the catalogue
 * @param price
 *            with two decimals, in the catalogue's one currency
 * @param createdAt
 *            to the microsecond; stays when the product is replaced
 * @param updatedAt
 *            when it was last created or replaced
 */
public record Product(String id, String name, String category, BigDecimal price, @Nullable String description,
        Instant createdAt, Instant updatedAt) {

    /** Its place in {@link Products#list} and {@link Products#listCategory}. */
    public Cursor cursor() {
        return new Cursor(createdAt, id);
    }
}
