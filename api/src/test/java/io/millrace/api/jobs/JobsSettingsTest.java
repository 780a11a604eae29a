package io.millrace.api.jobs;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

final class JobsSettingsTest {

    @Test
    void takesTenThousandJobsOf64KilobytesByDefault() {
        var settings = new Binder(new MapConfigurationPropertySource(Map.of())).bindOrCreate("millrace.api.jobs",
                JobsSettings.class);

        assertThat(settings).isEqualTo(new JobsSettings(DataSize.ofKilobytes(64), 10_000, DataSize.ofMegabytes(64), 4,
                Duration.ofSeconds(5), 1_000, Duration.ofSeconds(5)));
    }
}
