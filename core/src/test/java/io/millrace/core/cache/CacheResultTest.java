package io.millrace.core.cache;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

import io.millrace.testkit.TestPostgres;
import io.millrace.testkit.TestRedis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The annotation in a service with Postgres and Redis. */
@SpringBootTest(classes = CacheResultTest.Shop.class, properties = {"spring.config.import=classpath:millrace-core.yml"})
class CacheResultTest {

    private static final TestRedis REDIS = new TestRedis();

    @Autowired
    Prices prices;
    @Autowired
    CacheInvalidation invalidation;
    @Autowired
    TwoLevelCache cache;
    @Autowired
    CacheUpkeep upkeep;
    @Autowired
    TransactionTemplate transactions;
    @Autowired
    MeterRegistry meters;

    private final UUID product = UUID.randomUUID();

    @DynamicPropertySource
    static void servers(DynamicPropertyRegistry properties) {
        properties.add("spring.datasource.url", TestPostgres::newDatabase);
        properties.add("millrace.redis.url", REDIS::url);
    }

    @AfterAll
    static void stopRedis() {
        REDIS.close();
    }

    @BeforeEach
    void listenForMessages() {
        Awaitility.await().until(upkeep::isListening);
    }

    @Test
    void asksTheMethodOnceAndSaysWhereAnswersComeFrom() {
        prices.set(product, 7);
        var outcomes = new CopyOnWriteArrayList<CacheOutcome>();

        CacheOutcomes.observe(outcomes::add, () -> {
            assertThat(prices.of(product)).isEqualTo(new Price(product, 7));
            assertThat(prices.of(product)).isEqualTo(new Price(product, 7));
        });

        // Its own message of an invalidation just before may still come in between.
        assertThat(outcomes).startsWith(CacheOutcome.MISS).doesNotHaveDuplicates().hasSize(2);
        assertThat(meters.get("millrace.cache.requests").tag("cache", "price").counters()).hasSize(3);
        assertThat(meters.get("millrace.cache.requests").tag("cache", "price").tag("outcome", "miss").counter()
                .count()).isPositive();
        assertThat(meters.get("millrace.cache.loads").tag("cache", "price").timer().count()).isPositive();
    }

    @Test
    void dropsRightAfterTheCommitAndNotBefore() {
        prices.set(product, 1);
        prices.of(product);

        transactions.executeWithoutResult(status -> {
            prices.set(product, 2);
            invalidation.tag("product", product.toString());
            assertThat(elsewhere()).isEqualTo(new Price(product, 1));
        });

        assertThat(prices.of(product)).isEqualTo(new Price(product, 2));
    }

    @Test
    void dropsWhatOneCallAnsweredOrWhatAPatternMatches() {
        prices.set(product, 1);
        prices.of(product);
        prices.set(product, 2);
        invalidation.call("price", 1, product);
        assertThat(prices.of(product)).isEqualTo(new Price(product, 2));
        prices.set(product, 3);
        invalidation.pattern("price:v1:*");
        assertThat(prices.of(product)).isEqualTo(new Price(product, 3));
    }

    @Test
    void dropsNothingAfterARollback() {
        prices.set(product, 1);
        prices.of(product);

        transactions.executeWithoutResult(status -> {
            prices.set(product, 2);
            invalidation.tag("product", product.toString());
            status.setRollbackOnly();
        });

        var outcomes = new CopyOnWriteArrayList<CacheOutcome>();
        CacheOutcomes.observe(outcomes::add, () -> assertThat(prices.of(product)).isEqualTo(new Price(product, 1)));
        assertThat(outcomes).doesNotContain(CacheOutcome.MISS);
    }

    @Test
    void keepsNothingThatATransactionMaySeeAlone() {
        transactions.executeWithoutResult(status -> {
            prices.set(product, 5);
            assertThat(prices.of(product)).isEqualTo(new Price(product, 5));
            status.setRollbackOnly();
        });

        assertThat(prices.of(product)).isNull();
    }

    @Test
    void keepsNothingOfAMethodThatThrows() {
        assertThatThrownBy(() -> prices.failing("x")).isInstanceOf(IllegalStateException.class).hasMessage("no luck 1");
        assertThatThrownBy(() -> prices.failing("x")).hasMessage("no luck 2");
    }

    @Test
    void readsGenericTypesBackFromRedis() {
        assertThat(prices.names("x")).contains(List.of("a", "b"));
        cache.dropHere(Invalidation.ALL);
        var outcomes = new CopyOnWriteArrayList<CacheOutcome>();

        CacheOutcomes.observe(outcomes::add, () -> assertThat(prices.names("x")).contains(List.of("a", "b")));

        assertThat(outcomes).containsExactly(CacheOutcome.SHARED);
    }

    /** As another thread sees it, outside of this transaction. */
    private @Nullable Price elsewhere() {
        return CompletableFuture.supplyAsync(() -> Objects.requireNonNull(prices.of(product)))
                .join();
    }

    record Price(UUID product, int cents) {
    }

    static class Prices {

        private final JdbcClient jdbc;
        private final AtomicInteger failures = new AtomicInteger();

        Prices(JdbcClient jdbc) {
            this.jdbc = jdbc;
            jdbc.sql("create table if not exists price (product uuid primary key, cents int not null)").update();
        }

        void set(UUID product, int cents) {
            jdbc.sql("insert into price values (?, ?) on conflict (product) do update set cents = excluded.cents")
                    .params(product, cents).update();
        }

        @CacheResult(prefix = "price", expiry = "PT1H", tags = {"product:{product}", "prices"})
        @Transactional(readOnly = true)
        public @Nullable Price of(UUID product) {
            return jdbc.sql("select product, cents from price where product = ?").param(product).query(Price.class)
                    .optional().orElse(null);
        }

        @CacheResult(prefix = "failing", expiry = "PT1H")
        public String failing(String text) {
            throw new IllegalStateException("no luck " + failures.incrementAndGet());
        }

        @CacheResult(prefix = "names", expiry = "PT1H")
        public Optional<List<String>> names(String text) {
            return Optional.of(List.of("a", "b"));
        }
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class Shop {

        @Bean
        Prices prices(JdbcClient jdbc) {
            return new Prices(jdbc);
        }

        @Bean
        MeterRegistry meters() {
            return new SimpleMeterRegistry();
        }
    }

}
