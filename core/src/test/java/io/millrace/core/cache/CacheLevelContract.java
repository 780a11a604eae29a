package io.millrace.core.cache;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.millrace.core.cache.CacheLevel.Entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** What both levels do; each passes it on the real thing. */
interface CacheLevelContract<V> {

    AtomicInteger COUNT = new AtomicInteger();

    CacheLevel<V> level();

    V value(String text);

    static Invalidation[] invalidations() {
        return new Invalidation[]{Invalidation.tag("user:1"), Invalidation.key("a:v1:1"), Invalidation.pattern("a:*"),
                Invalidation.pattern("?:v1:*1"), Invalidation.ALL};
    }

    @Test
    default void answersWhatItKept() {
        String key = "answers" + COUNT.incrementAndGet();
        assertThat(level().lookup(key, Set.of("user:1")).found()).isNull();

        assertThat(keep(key, "李小龍|\n x", Set.of("user:1"))).isTrue();

        assertThat(found(key, Set.of("user:1"))).isEqualTo(value("李小龍|\n x"));
        assertThat(level().lookup(key + "0", Set.of("user:1")).found()).isNull();
    }

    @Test
    default void forgetsWhatHasExpired() {
        var lookup = level().lookup("short", Set.of());
        assertThat(lookup.keep(new Entry<>(value("x"), Instant.now().plusMillis(500)))).isTrue();

        await().atMost(Duration.ofSeconds(5)).until(() -> level().lookup("short", Set.of()).found() == null);
    }

    @Test
    default void keepsNothingThatHasExpiredAlready() {
        assertThat(level().lookup("late", Set.of()).keep(new Entry<>(value("x"), Instant.now()))).isFalse();
    }

    @ParameterizedTest
    @MethodSource("invalidations")
    default void dropsWhatIsConcernedAndCountsIt(Invalidation invalidation) {
        level().drop(Invalidation.ALL);
        keep("a:v1:1", "1", Set.of("user:1", "all"));
        keep("b:v2:2", "2", Set.of("user:2", "all"));

        assertThat(level().drop(invalidation).orElseThrow())
                .isEqualTo(invalidation.kind() == Invalidation.Kind.ALL ? 2 : 1);

        assertThat(level().lookup("a:v1:1", Set.of("user:1", "all")).found()).isNull();
        assertThat(level().lookup("b:v2:2", Set.of("user:2", "all")).found() == null)
                .isEqualTo(invalidation.kind() == Invalidation.Kind.ALL);
        assertThat(level().drop(invalidation).orElseThrow()).isZero();
    }

    @ParameterizedTest
    @MethodSource("invalidations")
    default void neverKeepsWhatWasLookedUpBeforeAnInvalidation(Invalidation invalidation) {
        level().drop(Invalidation.ALL);
        // So that a tag is known already; an unknown one is the other case.
        keep("other", "0", Set.of("user:1"));
        var known = level().lookup("a:v1:1", Set.of("user:1"));
        var unknown = level().lookup("a:v1:11", Set.of("user:1", "new" + COUNT.incrementAndGet()));

        level().drop(invalidation);

        assertThat(known.keep(new Entry<>(value("old"), Instant.now().plusSeconds(60)))).isFalse();
        assertThat(level().lookup("a:v1:1", Set.of("user:1")).found()).isNull();
        if (invalidation.concerns("a:v1:11", Set.of("user:1"))) {
            assertThat(unknown.keep(new Entry<>(value("old"), Instant.now().plusSeconds(60)))).isFalse();
        }
        assertThat(keep("a:v1:1", "new", Set.of("user:1"))).isTrue();
        assertThat(found("a:v1:1", Set.of("user:1"))).isEqualTo(value("new"));
    }

    @Test
    default void keepsWhatAnInvalidationDoesNotConcern() {
        keep("other", "0", Set.of("user:7", "user:8"));
        var lookup = level().lookup("mine", Set.of("user:7"));

        level().drop(Invalidation.tag("user:8"));

        assertThat(lookup.keep(new Entry<>(value("x"), Instant.now().plusSeconds(60)))).isTrue();
    }

    @Test
    default void dropsThousandsByOneTag() {
        IntStream.range(0, 3_000).forEach(i -> keep("many:" + i, "x", Set.of("many")));

        assertThat(level().drop(Invalidation.tag("many")).orElseThrow()).isEqualTo(3_000);
    }

    @Test
    default void matchesAPatternOfManyStarsInNoTime() {
        assertThatThrownBy(() -> Invalidation.pattern("*a*a*a*a*b")).isInstanceOf(IllegalArgumentException.class);
        keep("x" + "a".repeat(150), "1", Set.of());

        long before = System.nanoTime();
        assertThat(level().drop(Invalidation.pattern("*a*a*b")).orElseThrow()).isZero();
        assertThat(new Invalidation(Invalidation.Kind.PATTERN, "*a".repeat(50) + "*b")
                .concerns("a".repeat(150), Set.of())).isFalse();
        assertThat(new Invalidation(Invalidation.Kind.PATTERN, "*a*?b*").concerns("xayb", Set.of())).isTrue();
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    default void takesNoCharacterOfAPatternForMoreThanItIs() {
        keep("[ab]c", "1", Set.of());
        keep("ac", "2", Set.of());

        assertThat(level().drop(Invalidation.pattern("[ab]*")).orElseThrow()).isEqualTo(1);

        assertThat(found("ac", Set.of())).isEqualTo(value("2"));
    }

    private boolean keep(String key, String text, Set<String> tags) {
        return level().lookup(key, tags).keep(new Entry<>(value(text), Instant.now().plusSeconds(60)));
    }

    private Object found(String key, Set<String> tags) {
        var found = level().lookup(key, tags).found();
        assertThat(found).as(key).isNotNull();
        return String.valueOf(found == null ? null : found.value());
    }
}
