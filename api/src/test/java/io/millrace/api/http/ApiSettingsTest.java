package io.millrace.api.http;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class ApiSettingsTest {

    @Test
    void isClosedAndTakesAMegabyteByDefault() {
        assertThat(bind(Map.of())).isEqualTo(new ApiSettings(List.of(), false, DataSize.ofMegabytes(1), 100,
                DataSize.ofKilobytes(8), 100, 100));
    }

    @Test
    void readsKeysSeparatedByCommas() {
        assertThat(bind(Map.of("millrace.api.keys", "a, b,,")).keys()).containsExactly("a", "b");
    }

    @Test
    void takesNoHeadersThatAreTooSmallForARequestOrTooLargeForItsMemory() {
        for (String size : List.of("0", "1000B", "65KB", "1GB")) {
            assertThatThrownBy(() -> bind(Map.of("millrace.api.max-headers", size))).rootCause()
                    .hasMessageContaining("from 1KB to 64KB");
        }
    }

    @Test
    void keepsItsKeysToItself() {
        assertThat(bind(Map.of("millrace.api.keys", "secret"))).asString().doesNotContain("secret");
    }

    private static ApiSettings bind(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings)).bindOrCreate("millrace.api", ApiSettings.class);
    }
}
