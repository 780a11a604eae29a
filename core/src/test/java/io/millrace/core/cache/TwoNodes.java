package io.millrace.core.cache;

import java.util.UUID;
import java.util.concurrent.Callable;

import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

import io.millrace.testkit.TestPostgres;
import io.millrace.testkit.TestRedis;

/** Two nodes on one Redis and one Postgres. */
@SuppressWarnings("NullAway.Init")
class TwoNodes {

    static final Callable<String> NEVER = () -> {
        throw new AssertionError("loaded again");
    };

    static TestRedis redis;
    static String database;
    static CacheNode here;
    static CacheNode there;

    final String key = "key" + UUID.randomUUID();
    final String tag = "tag:" + UUID.randomUUID();

    @BeforeAll
    static void startTwoNodes() {
        redis = new TestRedis();
        database = TestPostgres.newDatabase();
        Flyway.configure().dataSource(database, null, null).locations("classpath:db/migration").load().migrate();
        here = new CacheNode(redis.url(), database);
        there = new CacheNode(redis.url(), database);
    }

    @AfterAll
    static void stop() {
        here.close();
        there.close();
        redis.close();
    }
}
