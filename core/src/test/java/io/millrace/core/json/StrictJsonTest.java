package io.millrace.core.json;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class StrictJsonTest {

    private static final ApplicationContextRunner SETTINGS = new ApplicationContextRunner()
            .withInitializer(new ConfigDataApplicationContextInitializer())
            .withPropertyValues("spring.config.import=classpath:millrace-core.yml")
            .withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class)).withBean(StrictJson.class);

    record Sample(@Nullable String text, int number, @Nullable Instant at, @Nullable Duration length,
            @Nullable List<String> texts) {
    }

    @Test
    void writesInstantsInUtcWithExactlyMicroseconds() {
        run(json -> {
            assertThat(json.writeValueAsString(Instant.parse("2026-01-02T03:04:05Z")))
                    .isEqualTo("\"2026-01-02T03:04:05.000000Z\"");
            assertThat(json.writeValueAsString(Instant.parse("2026-01-02T03:04:05.123456789Z")))
                    .isEqualTo("\"2026-01-02T03:04:05.123456Z\"");
        });
    }

    @Test
    void writesDurationsInIso8601() {
        run(json -> assertThat(json.writeValueAsString(Duration.ofSeconds(90))).isEqualTo("\"PT1M30S\""));
    }

    @ParameterizedTest
    @CsvSource({"2026-01-02T03:04:05Z,2026-01-02T03:04:05Z", "2026-01-02T03:04:05.5+01:30,2026-01-02T01:34:05.500Z"})
    void readsAnInstantWithAnyOffset(String text, Instant instant) {
        run(json -> assertThat(json.readValue("{\"number\": 1, \"at\": \"" + text + "\"}", Sample.class).at())
                .isEqualTo(instant));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"number\": 1, \"unknown\": 1}", "{\"number\": 1, \"number\": 2}", "{\"number\": 1} {}",
            "{\"number\": null}", "{\"number\": \"1\"}", "{\"number\": 1.0}", "{\"number\": 3000000000}",
            "{\"number\": 1, \"text\": 1}", "{\"number\": 1, \"text\": true}", "{\"number\": 1, \"texts\": [1]}",
            "{\"number\": 1, \"text\": \"a\\u0000\"}", "{\"number\": 1, \"texts\": [\"\\u0000\"]}",
            "{\"number\": 1, \"text\": \"\\ud800\"}", "{\"number\": 1, \"at\": 1}", "{\"number\": 1, \"at\": \"2026\"}",
            "{\"number\": 1, \"length\": 1}", "{\"number\": 1, \"length\": \"1s\"}"})
    void refusesWhatItWouldHaveToGuess(String text) {
        run(json -> assertThatThrownBy(() -> json.readValue(text, Sample.class)).isInstanceOf(JacksonException.class));
    }

    private static void run(java.util.function.Consumer<JsonMapper> check) {
        SETTINGS.run(context -> check.accept(context.getBean(JsonMapper.class)));
    }
}
