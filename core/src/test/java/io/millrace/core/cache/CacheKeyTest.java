package io.millrace.core.cache;

import java.util.HashSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CacheKeyTest {

    /** Written out: a key that changes makes every entry of a release unreadable for the next. */
    @Test
    void isTheSameInEveryProcessAndRelease() {
        assertThat(CacheKey.of("p", 1)).isEqualTo("p:v1");
        assertThat(CacheKey.of("p", 2, "a b:c*", 7, null, true, TimeUnit.DAYS, 12L, "Zoë"))
                .isEqualTo("p:v2:a%20b%3Ac%2A:7:~:true:DAYS:12:Zo%C3%AB");
        assertThat(CacheKey.of("p", 1, UUID.fromString("01a2065f-bdf9-7172-9acb-0f8e16d883ca")))
                .isEqualTo("p:v1:01a2065f-bdf9-7172-9acb-0f8e16d883ca");
        assertThat(CacheKey.of("p", 1, "x".repeat(500)))
                .isEqualTo("p:v1:sha256-086665e06fc9babdf63d8f9042c6356657b171c518726715f7e5dbdb0ed0467e");
    }

    @Test
    void differsWhereTheArgumentsDo() {
        var keys = new HashSet<String>();
        for (@Nullable
        Object[] arguments : new @Nullable Object[][]{{}, {""}, {null}, {"~"}, {"a", "b"}, {"a:b"}, {"a%3Ab"},
                {"a", "b", ""},
                {"x".repeat(500)}, {"x".repeat(501)}, {1}, {"A"}, {"a"}}) {
            assertThat(keys.add(CacheKey.of("p", 1, arguments))).as("%s", (Object) arguments).isTrue();
        }
    }

    @Test
    void refusesAnArgumentWithoutAStableText() {
        assertThatThrownBy(() -> CacheKey.of("p", 1, new Object())).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("java.lang.Object");
    }
}
