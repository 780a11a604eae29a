package io.millrace.api.products;

import java.math.BigDecimal;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.NotNull;

import org.jspecify.annotations.Nullable;

import io.millrace.api.http.OneLine;
import io.millrace.api.http.Prose;
import io.millrace.core.products.PutProduct;

/** The body of {@code PUT /products/{id}}; money is a JSON number with at most two decimals, never rounded. */
record WantedProduct(@NotNull(message = "is missing") @OneLine(max = 200) String name,
        @NotNull(message = "is missing") @OneLine(max = 100) String category,
        @NotNull(message = "is missing") @DecimalMin(value = "0", message = "must not be negative") @Digits(integer = 10, fraction = 2, message = "must have at most two decimals and be less than 10,000,000,000") BigDecimal price,
        @Prose(max = 5000) @Nullable String description) {

    PutProduct product() {
        return new PutProduct(name, category, price, description);
    }
}
