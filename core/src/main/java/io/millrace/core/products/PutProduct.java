package io.millrace.core.products;

import java.math.BigDecimal;

import org.jspecify.annotations.Nullable;

/**
 * What a product is to be.
 *
 * @param price
 *            from 0 to 9,999,999,999.99; more than two decimals are rounded by Postgres, so refuse them before
 */
public record PutProduct(String name, String category, BigDecimal price, @Nullable String description) {
}
