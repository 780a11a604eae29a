package io.millrace.core.paging;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

import org.springframework.jdbc.core.simple.JdbcClient;

import io.millrace.core.Domain;
import io.millrace.core.Plan;
import io.millrace.core.content.Post;
import io.millrace.core.content.Posts;
import io.millrace.core.products.Product;
import io.millrace.core.products.Products;
import io.millrace.core.users.User;
import io.millrace.core.users.Users;

/**
 * A listing on a database of its own, and how to put rows into it at any time.
 *
 * @param index
 *            what its pages are to be read from
 * @param insert
 *            one row; its parameters are id, createdAt and a text that no other row has
 * @param fill
 *            as many rows as its parameter says, three of each microsecond
 */
record ListingUnderTest(String table, String index, String insert, String fill, Domain domain,
        BiFunction<Cursor, Integer, Slice<Cursor>> pages) {

    private static final String INSERT_POST = """
                                              insert into posts (id, created_at, title, user_id, body)
                                              select cast(:id as uuid), :createdAt, :text, id, 'Body' from users
                                              """;
    private static final String FILL_POSTS = """
                                             insert into posts (id, created_at, user_id, title, body)
                                             select uuidv7(),
                                                 timestamptz '2026-01-01' + i / 3 * interval '1 microsecond', users.id,
                                                 'Title', 'Body'
                                             from users, generate_series(1, :rows) as i
                                             """;
    private static final String INSERT_USER = """
                                              insert into users (id, created_at, email, full_name)
                                              values (cast(:id as uuid), :createdAt, :text, 'Ada')
                                              """;
    private static final String FILL_USERS = """
                                             insert into users (id, created_at, email, full_name)
                                             select uuidv7(),
                                                 timestamptz '2026-01-01' + i / 3 * interval '1 microsecond',
                                                 i || '@example.com', 'Ada'
                                             from generate_series(1, :rows) as i
                                             """;
    private static final String INSERT_PRODUCT = """
                                                 insert into products (id, created_at, name, category, price)
                                                 values (:id, :createdAt, :text, 'books', 1)
                                                 """;
    /** Books are the older half: whoever looks for them among the newest products reads half the table in vain. */
    private static final String FILL_PRODUCTS = """
                                                insert into products (id, created_at, name, category, price)
                                                select uuidv7(),
                                                    timestamptz '2026-01-01' + i / 3 * interval '1 microsecond',
                                                    'Product', case when i <= :rows / 2 then 'books' else 'toys' end, 1
                                                from generate_series(1, :rows) as i
                                                """;

    /** All of them. */
    static Stream<ListingUnderTest> all() {
        return Stream.of(posts(), users(), products(), books());
    }

    private static ListingUnderTest posts() {
        var domain = Domain.onNewDatabase();
        domain.newUser();
        var posts = domain.bean(Posts.class);
        return new ListingUnderTest("posts", "posts_by_age", INSERT_POST, FILL_POSTS, domain,
                (after, limit) -> cursors(posts.list(after, limit), Post::cursor));
    }

    private static ListingUnderTest users() {
        var domain = Domain.onNewDatabase();
        var users = domain.bean(Users.class);
        return new ListingUnderTest("users", "users_by_age", INSERT_USER, FILL_USERS, domain,
                (after, limit) -> cursors(users.list(after, limit), User::cursor));
    }

    private static ListingUnderTest products() {
        var domain = Domain.onNewDatabase();
        var products = domain.bean(Products.class);
        return new ListingUnderTest("products", "products_by_age", INSERT_PRODUCT, FILL_PRODUCTS, domain,
                (after, limit) -> cursors(products.list(after, limit), Product::cursor));
    }

    private static ListingUnderTest books() {
        var domain = Domain.onNewDatabase();
        var products = domain.bean(Products.class);
        return new ListingUnderTest("products", "products_of_category_by_age", INSERT_PRODUCT, FILL_PRODUCTS, domain,
                (after, limit) -> cursors(products.listCategory("books", after, limit), Product::cursor));
    }

    Slice<Cursor> page(Cursor after, int limit) {
        return pages.apply(after, limit);
    }

    void clear() {
        domain.jdbc().sql("delete from " + table).update();
    }

    Cursor insert(Instant createdAt, UUID id) {
        return insert(domain.jdbc(), createdAt, id);
    }

    Cursor insert(JdbcClient jdbc, Instant createdAt, UUID id) {
        jdbc.sql(insert).param("id", id.toString()).param("createdAt", createdAt.atOffset(ZoneOffset.UTC))
                .param("text", id.toString()).update();
        return new Cursor(createdAt, id.toString());
    }

    void delete(Cursor row) {
        delete(domain.jdbc(), row);
    }

    void delete(JdbcClient jdbc, Cursor row) {
        jdbc.sql("delete from " + table + " where id = :id").param("id",
                table.equals("products") ? row.id() : UUID.fromString(row.id())).update();
    }

    /** Many rows, and what the planner should know of them. */
    void fill(int rows) {
        clear();
        // What the rows refer to is there; a million look-ups would only take their time.
        domain.jdbc().sql("set session_replication_role = replica").update();
        domain.jdbc().sql(fill).param("rows", rows).update();
        domain.jdbc().sql("set session_replication_role = origin").update();
        domain.jdbc().sql("vacuum (analyze) " + table).update();
    }

    /** How Postgres reads a page. */
    Plan plan(Cursor after, int limit) {
        var recorder = domain.recorder();
        var statement = recorder.during(() -> page(after, limit)).getFirst();
        return Plan.parse(statement.explain(recorder.realUrl()));
    }

    /** How it would whatever the parameters are. */
    Plan genericPlan() {
        var recorder = domain.recorder();
        var statement = recorder.during(() -> page(Cursor.START, 1)).getFirst();
        return Plan.parse(statement.explainGeneric(recorder.realUrl()));
    }

    @Override
    public String toString() {
        return index;
    }

    private static <T> Slice<Cursor> cursors(Slice<T> slice, Function<T, Cursor> cursorOf) {
        return new Slice<>(slice.rows().stream().map(cursorOf).toList(), slice.hasNext());
    }
}
