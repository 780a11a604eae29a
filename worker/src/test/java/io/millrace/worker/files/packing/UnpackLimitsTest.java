package io.millrace.worker.files.packing;

import java.util.Map;
import jakarta.validation.Validation;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class UnpackLimitsTest {

    @Test
    void hasTheseDefaults() {
        assertThat(bind(Map.of())).isEqualTo(
                new UnpackLimits(DataSize.ofGigabytes(50), 200, DataSize.ofMegabytes(64), 1000, 2));
    }

    @ParameterizedTest
    @CsvSource({"max-unpacked, 0B", "ratio-from, 0B"})
    void refusesASizeThatCannotWorkAndNamesIt(String setting, String value) {
        assertThatThrownBy(() -> bind(Map.of("millrace.profile." + setting, value))).rootCause()
                .hasMessageContaining("millrace.profile." + setting);
    }

    @ParameterizedTest
    @CsvSource({"max-ratio, 0, maxRatio", "max-entries, -1, maxEntries", "max-entries, 10001, maxEntries",
            "max-depth, -1, maxDepth", "max-depth, 11, maxDepth"})
    void refusesANumberThatCannotWorkAndNamesIt(String setting, String value, String field) {
        var limits = bind(Map.of("millrace.profile." + setting, value));

        try (var validation = Validation.buildDefaultValidatorFactory()) {
            assertThat(validation.getValidator().validate(limits)).singleElement()
                    .satisfies(violation -> assertThat(violation.getPropertyPath()).hasToString(field));
        }
    }

    private static UnpackLimits bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate("millrace.profile",
                UnpackLimits.class);
    }
}
