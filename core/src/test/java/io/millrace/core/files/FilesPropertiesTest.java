package io.millrace.core.files;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FilesPropertiesTest {

    @Test
    void hasTheseDefaults() {
        assertThat(bind(Map.of())).isEqualTo(
                new FilesProperties(DataSize.ofGigabytes(5), Duration.ofHours(1), Duration.ofMinutes(10)));
    }

    @ParameterizedTest
    @CsvSource({"max-size, 0B", "abandoned-after, 59s", "sweep-interval, 0s"})
    void refusesWhatCannotWorkAndNamesIt(String setting, String value) {
        assertThatThrownBy(() -> bind(Map.of("millrace.files." + setting, value))).rootCause()
                .hasMessageContaining("millrace.files." + setting);
    }

    private static FilesProperties bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate("millrace.files",
                FilesProperties.class);
    }
}
