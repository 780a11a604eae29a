package io.millrace.core.products;

import org.jspecify.annotations.Nullable;

/**
 * A product that was just created or replaced.
 *
 * @param previousCategory
 *            where it was until now; null if it is new
 */
public record StoredProduct(Product product, @Nullable String previousCategory) {

    /** Whether there was no such product before. */
    public boolean isNew() {
        return previousCategory == null;
    }
}
