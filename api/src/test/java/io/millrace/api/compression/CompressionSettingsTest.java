package io.millrace.api.compression;

import java.util.Map;
import jakarta.validation.Validation;

import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

final class CompressionSettingsTest {

    @Test
    void compressesFromAThousandBytesOnByDefault() {
        assertThat(bind(Map.of())).isEqualTo(new CompressionSettings(true, DataSize.ofBytes(1000), 3, 4, 6));
    }

    @Test
    void refusesLevelsThatThereAreNot() {
        try (var factory = Validation.buildDefaultValidatorFactory()) {
            var settings = bind(Map.of("millrace.api.compression.zstd-level", "20",
                    "millrace.api.compression.brotli-level", "12", "millrace.api.compression.gzip-level", "0"));

            assertThat(factory.getValidator().validate(settings))
                    .extracting(problem -> problem.getPropertyPath().toString())
                    .containsExactlyInAnyOrder("zstdLevel", "brotliLevel", "gzipLevel");
        }
    }

    private static CompressionSettings bind(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings)).bindOrCreate("millrace.api.compression",
                CompressionSettings.class);
    }
}
