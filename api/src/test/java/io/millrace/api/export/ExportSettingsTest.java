package io.millrace.api.export;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

final class ExportSettingsTest {

    @Test
    void runsFourAtOnceByDefault() {
        var settings = new Binder(new MapConfigurationPropertySource(Map.of())).bindOrCreate("millrace.api.export",
                ExportSettings.class);

        assertThat(settings)
                .isEqualTo(new ExportSettings(4, Duration.ofSeconds(10), 5000, Duration.ofMinutes(1), true));
    }
}
