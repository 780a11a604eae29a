package io.millrace.core;

import java.util.UUID;

import org.flywaydb.core.Flyway;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

import io.millrace.core.cache.CacheInvalidation;
import io.millrace.core.cache.MemoryAlone;
import io.millrace.core.content.Comments;
import io.millrace.core.content.Posts;
import io.millrace.core.mail.Suppressions;
import io.millrace.core.products.Products;
import io.millrace.core.users.PostsOfUsers;
import io.millrace.core.users.UserProfiles;
import io.millrace.core.users.Users;
import io.millrace.testkit.StatementRecorder;
import io.millrace.testkit.TestPostgres;

/** The domain on a database of its own, over one connection whose statements are recorded. */
public final class Domain {

    private final StatementRecorder recorder;
    private final AnnotationConfigApplicationContext context;

    private Domain(StatementRecorder recorder, AnnotationConfigApplicationContext context) {
        this.recorder = recorder;
        this.context = context;
    }

    /** A new one; its connection ends with the JVM. */
    public static Domain onNewDatabase() {
        String url = TestPostgres.newDatabase();
        Flyway.configure().dataSource(TestPostgres.dataSource(url)).locations("classpath:db/migration").load()
                .migrate();
        var recorder = StatementRecorder.of(url);
        var context = new AnnotationConfigApplicationContext();
        context.registerBean(JdbcClient.class,
                () -> JdbcClient.create(new SingleConnectionDataSource(recorder.jdbcUrl(), true)));
        context.registerBean(CacheInvalidation.class, MemoryAlone::invalidation);
        context.register(Users.class, UserProfiles.class, PostsOfUsers.class, Posts.class, Comments.class,
                Products.class, Suppressions.class);
        context.refresh();
        return new Domain(recorder, context);
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public JdbcClient jdbc() {
        return bean(JdbcClient.class);
    }

    public StatementRecorder recorder() {
        return recorder;
    }

    /** Adds a user with an address that nobody else has. */
    public UUID newUser() {
        return bean(Users.class).insert(UUID.randomUUID() + "@example.com", "Ada").id();
    }
}
