package io.millrace.api.jobs;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

final class ReceivingSettingsTest {

    @Test
    void holdsEightMegabytesAndSpools256ByDefault() {
        var settings = new Binder(new MapConfigurationPropertySource(Map.of())).bindOrCreate("millrace.api.receiving",
                ReceivingSettings.class);

        assertThat(settings).isEqualTo(new ReceivingSettings(DataSize.ofMegabytes(8), Duration.ofSeconds(30), 32,
                Duration.ofMinutes(2), DataSize.ofMegabytes(256), Duration.ofSeconds(10)));
    }
}
