package io.millrace.core.products;

import java.math.BigDecimal;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.millrace.core.Domain;
import io.millrace.core.paging.Cursor;

import static org.assertj.core.api.Assertions.assertThat;

final class ProductsTest {

    @SuppressWarnings("NullAway.Init")
    private static Products products;

    @BeforeAll
    static void migrate() {
        products = Domain.onNewDatabase().bean(Products.class);
    }

    @Test
    void createsWhatIsNotThere() {
        StoredProduct stored = products.put("new", product("New", "books", "7"));

        assertThat(stored.isNew()).isTrue();
        assertThat(stored.product().price()).isEqualTo(new BigDecimal("7.00"));
        assertThat(products.listCategory("books", Cursor.START, 1).rows()).containsExactly(stored.product());
    }

    @Test
    void replacesAllButTheAgeAndTellsWhereItWas() {
        Product before = products.put("moved", new PutProduct("Before", "toys", BigDecimal.ONE, "Old")).product();

        StoredProduct stored = products.put("moved", product("After", "games", "12345678.90"));

        assertThat(stored.previousCategory()).isEqualTo("toys");
        assertThat(stored.product().createdAt()).isEqualTo(before.createdAt());
        assertThat(stored.product().updatedAt()).isAfter(before.updatedAt());
        assertThat(stored.product().description()).isNull();
        assertThat(stored.product().price()).isEqualTo(new BigDecimal("12345678.90"));
        assertThat(products.listCategory("toys", Cursor.START, 9).rows()).isEmpty();
        assertThat(products.listCategory("games", Cursor.START, 9).rows()).containsExactly(stored.product());
        assertThat(products.list(Cursor.START, 99).rows()).contains(stored.product());
    }

    private static PutProduct product(String name, String category, String price) {
        return new PutProduct(name, category, new BigDecimal(price), null);
    }
}
