package io.millrace.core.cache;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class RedisSettingsTest {

    @Test
    void hasNoRedisAndShortPatienceByDefault() {
        assertThat(bind(Map.of())).isEqualTo(
                new RedisSettings("", Duration.ofMillis(200), 16, Duration.ofSeconds(1), DataSize.ofKilobytes(256)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:6379", "http://:secret@127.0.0.1:6379", "redis://", "redis://:secret@[::",
            "redis:secret"})
    void refusesAUrlThatIsNoneWithoutRepeatingIt(String url) {
        assertThatThrownBy(() -> new RedisLink(bind(Map.of("millrace.redis.url", url))).close())
                .isInstanceOf(InvalidRedisUrl.class).hasNoCause().hasMessageNotContaining("secret");
    }

    private static RedisSettings bind(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings)).bindOrCreate("millrace.redis",
                RedisSettings.class);
    }
}
