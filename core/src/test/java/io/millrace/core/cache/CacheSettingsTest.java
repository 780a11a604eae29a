package io.millrace.core.cache;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

class CacheSettingsTest {

    @Test
    void haveTheseDefaults() {
        assertThat(new Binder(new MapConfigurationPropertySource(Map.of())).bindOrCreate("millrace.cache",
                CacheSettings.class))
                .isEqualTo(new CacheSettings(10_000, Duration.ofSeconds(30), Duration.ofMinutes(1),
                        Duration.ofSeconds(10)));
    }
}
