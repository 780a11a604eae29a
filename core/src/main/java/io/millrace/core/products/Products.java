package io.millrace.core.products;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import io.millrace.core.cache.CacheInvalidation;
import io.millrace.core.cache.CacheResult;
import io.millrace.core.paging.Cursor;
import io.millrace.core.paging.Slice;

/**
 * The rows of the catalogue. Each call is one statement, in the caller's transaction if there is one.
 *
 * <p>
 * Every method throws {@link org.springframework.dao.DataAccessException} if the database cannot be reached.
 */
@Component
public class Products {

    private final JdbcClient jdbc;
    private final CacheInvalidation invalidation;

    Products(JdbcClient jdbc, CacheInvalidation invalidation) {
        this.jdbc = jdbc;
        this.invalidation = invalidation;
    }

    /**
     * Creates the product or replaces all of it but its age. Of two at a time the later one wins whole. With the commit,
     * cached pages of the categories it was and is in, and of the whole catalogue, are dropped.
     */
    @Transactional
    public StoredProduct put(String id, PutProduct product) {
        var stored = write(id, product);
        invalidation.tag("products");
        invalidation.tag("category", product.category());
        if (stored.previousCategory() != null && !stored.previousCategory().equals(product.category())) {
            invalidation.tag("category", stored.previousCategory());
        }
        return stored;
    }

    private StoredProduct write(String id, PutProduct product) {
        return jdbc.sql("""
                        insert into products (id, name, category, price, description)
                        values (:id, :name, :category, :price, cast(:description as text))
                        on conflict (id) do update
                        set name        = excluded.name,
                            category    = excluded.category,
                            price       = excluded.price,
                            description = excluded.description,
                            updated_at  = now()
                        returning new.id, new.name, new.category, new.price, new.description, new.created_at,
                            new.updated_at, old.category as previous_category
                        """).param("id", id).param("name", product.name()).param("category", product.category())
                .param("price", product.price()).param("description", product.description())
                .query((row, number) -> new StoredProduct(ProductRow.map(row, number),
                        row.getString("previous_category")))
                .single();
    }

    /** A page of the whole catalogue, newest first: at most {@code limit} of the products after {@code after}. */
    @CacheResult(prefix = "products", expiry = "PT1H", tags = "products")
    public Slice<Product> list(Cursor after, int limit) {
        return Slice.of(jdbc.sql("""
                                 select id, name, category, price, description, created_at, updated_at
                                 from products
                                 where (created_at, id) < (:createdAt, :id)
                                 order by created_at desc, id desc
                                 limit :limit
                                 """).param("createdAt", after.timestamp()).param("id", after.id())
                .param("limit", limit + 1).query(ProductRow::map).list(), limit);
    }

    /** The same for one category; one that nobody has heard of is empty. */
    @CacheResult(prefix = "products-of-category", expiry = "PT1H", tags = "category:{category}")
    public Slice<Product> listCategory(String category, Cursor after, int limit) {
        // With "category = :category" the planner may choose products_by_age, and read all newer products on its way to those
        // of a category that has got none lately. A range in this order can be read from products_of_category_by_age alone.
        return Slice.of(jdbc.sql("""
                                 select id, name, category, price, description, created_at, updated_at
                                 from products
                                 where category >= :category
                                     and (category, created_at, id) < (:category, :createdAt, :id)
                                 order by category desc, created_at desc, id desc
                                 limit :limit
                                 """).param("category", category).param("createdAt", after.timestamp())
                .param("id", after.id()).param("limit", limit + 1).query(ProductRow::map).list(), limit);
    }
}
