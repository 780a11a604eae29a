package io.millrace.benchmarks;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;

import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.core.io.ClassPathResource;

import io.millrace.core.paging.Cursor;
import io.millrace.core.paging.Listing;
import io.millrace.core.paging.SealedCursors;
import io.millrace.testkit.TestPostgres;

/** A million users, of whom some have a profile and five posts with two tags each: about 2.3 kB as JSON. */
final class Dataset {

    static final int USERS = 1_000_000;
    private static final int AUTHORS = 50_000;

    private final String database;
    private final List<String> authors;

    private Dataset(String database, List<String> authors) {
        this.database = database;
        this.authors = authors;
    }

    /** Fills the database, which the API has migrated already. */
    static Dataset fill(String database) throws SQLException {
        try (var connection = TestPostgres.dataSource(database).getConnection();
                var statement = connection.createStatement()) {
            statement.execute("""
                              insert into users (id, email, full_name, created_at)
                              select uuidv7(), 'user' || i || '@example.com', 'Ada Lovelace ' || i,
                                  timestamptz '2026-01-01' + i * interval '1.234567 seconds'
                              from generate_series(1, %d) i
                              """.formatted(USERS));
            statement.execute("create table authors as select id from users order by created_at limit " + AUTHORS);
            statement.execute("""
                              insert into user_profiles (user_id, bio, timezone)
                              select id, 'Writes about mills, races and the water between them.', 'Europe/Zurich'
                              from authors
                              """);
            statement.execute("insert into tags (name) select 'tag-' || i from generate_series(1, 20) i");
            statement.execute(
                    """
                    insert into posts (id, user_id, title, body, created_at)
                    select uuidv7(), id, 'Post ' || i || ' about mills',
                        (select string_agg(word, ' ') from (
                            select (array['water', 'carries', 'the wheel', 'turns', 'a mill', 'grinds', 'grain',
                                'and', 'sluice', 'opens', 'slowly', 'weir', 'holds', 'back', 'race', 'stone'])
                                [1 + (hashtext(id::text || i || k) & 15)] as word
                            from generate_series(1, 32) k) words),
                        timestamptz '2026-02-01' + i * interval '1 day' + random() * interval '1 day'
                    from authors, generate_series(1, 5) i
                    """);
            statement.execute("""
                              insert into post_tags (post_id, position, tag_id)
                              select id, position, 1 + ((hashtext(id::text) & 1023) + position) % 20
                              from posts, generate_series(1, 2) position
                              """);
            statement.execute("vacuum analyze");
            return new Dataset(database, texts(connection, "select id from authors"));
        }
    }

    /** Ids of users with a profile and posts. */
    List<String> authors() {
        return authors;
    }

    Connection connect() throws SQLException {
        return TestPostgres.dataSource(database).getConnection();
    }

    /** With the driver's properties that the API gives all its connections. */
    Connection connectAsExportsDo() throws SQLException {
        var yaml = new YamlPropertiesFactoryBean();
        yaml.setResources(new ClassPathResource("millrace-core.yml"));
        Properties settings = Objects.requireNonNull(yaml.getObject());
        String prefix = "spring.datasource.hikari.data-source-properties.";
        var driver = new Properties();
        settings.stringPropertyNames().stream().filter(name -> name.startsWith(prefix)).forEach(
                name -> driver.setProperty(name.substring(prefix.length()), settings.getProperty(name)));
        driver.setProperty("user", TestPostgres.USER);
        return DriverManager.getConnection(database, driver);
    }

    /** The cursor of a page of all users, counted from 1. */
    String userCursor(int page, int limit) throws SQLException {
        try (var connection = connect();
                var statement = connection.prepareStatement(
                        "select id, created_at from users order by created_at desc, id desc offset ? limit 1")) {
            statement.setInt(1, (page - 1) * limit - 1);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                var cursor = new Cursor(row.getObject(2, OffsetDateTime.class).toInstant(), row.getString(1));
                return new SealedCursors(ApiProcess.PAGING_KEY, List.of()).seal(cursor, Listing.of("users"));
            }
        }
    }

    private static List<String> texts(Connection connection, String query) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (var statement = connection.createStatement(); var rows = statement.executeQuery(query)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }
}
