package io.millrace.jobs;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import jakarta.validation.Validation;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class JobPayloadsTest {

    private final JobPayloads payloads = new JobPayloads(Validation.buildDefaultValidatorFactory().getValidator());

    record Appointment(@Nullable Instant at, @Nullable Duration length, @Nullable String note,
            @Nullable Map<String, Object> more) {
    }

    @Test
    void haveTimesWithMicrosecondsAndDurationsInIso8601() {
        var written = payloads.write(new Appointment(Instant.parse("2026-01-02T03:04:05.123456789Z"),
                Duration.ofMinutes(90), null, null));

        assertThat(written).contains("\"2026-01-02T03:04:05.123456Z\"", "\"PT1H30M\"");
        assertThat(payloads.read("appointment", written, Appointment.class).at())
                .isEqualTo(Instant.parse("2026-01-02T03:04:05.123456Z"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                                            {"note": "a\\u0000b"}               | note
                                            {"note": "\\ud83d"}                 | note
                                            {"more": {"x": ["\\ud83d"]}}        | more.x[0]
                                            {"more": {"\\u0000": 1}}            | more
                                            {"at": 1767323045}                 | at
                                            {"at": "tomorrow"}                 | at
                                            {"length": 5}                      | length
                                            {"more": {"x": [1, 1e10000]}}      | more.x[1]
                                            {"more": {"y": 1e99999999999}}     | more.y
                                            {"more": {"y": 12E+2147483647}}    | more.y
                                            {"note": 5}                        | note
                                            """)
    void nameTheFieldThatHoldsWhatCannotBeTaken(String json, String field) {
        assertThat(violations(json)).extracting("field").containsExactly(field);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                                            {"note": "\\u0041\\ud83d\\ude00"} | A\uD83D\uDE00
                                            {"note": "\uD83D\uDE00"}           | \uD83D\uDE00
                                            '  {"note": "a"}'                  | a
                                            {"note": "a \\"b\\", 1e99999"}      | a "b", 1e99999
                                            """)
    void takeWhateverTextCanBeStored(String json, String note) {
        assertThat(payloads.read("appointment", json, Appointment.class).note()).isEqualTo(note);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "\"secret\"", " 5", "null"})
    void areObjects(String json) {
        assertThat(violations(json)).extracting("message").containsExactly("must be a JSON object");
    }

    @Test
    void areNotJsonBeforeTheyDoNotFit() {
        assertThat(violations("{\"note\": 5, \"at\": secret}").getFirst().message()).startsWith("is not JSON");
        assertThat(violations("{\"note\": 5} secret").getFirst().message()).doesNotContain("String");
    }

    record Price(BigDecimal amount) {
    }

    record Anything(JsonNode value) {
    }

    @Test
    void keepEachDigitOfADecimal() {
        var price = new Price(new BigDecimal("12345678901234567890.12345678901234567890"));

        assertThat(payloads.read("price", payloads.write(price), Price.class)).isEqualTo(price);
        assertThat(payloads.read("price", "{\"amount\": 1.10}", Price.class))
                .isEqualTo(new Price(new BigDecimal("1.10")));
        var small = new Price(new BigDecimal("1e-9999"));
        assertThat(payloads.read("price", payloads.write(small), Price.class)).isEqualTo(small);
        var tree = "{\"value\":[1.10,12345678901234567890.12345678901234567890]}";
        assertThat(payloads.write(payloads.read("anything", tree, Anything.class))).isEqualTo(tree);
        var usual = "{\"value\":[1.5,1.0E10]}";
        assertThat(payloads.read("anything", usual, Anything.class).value())
                .isEqualTo(JsonMapper.shared().readTree(usual).path("value"));
    }

    /** 12e9999 is written as 1.2E+10000, which its worker would refuse for good. */
    @Test
    void areNotQueuedWhereTheyCouldNotBeReadAgain() {
        var price = payloads.read("price", "{\"amount\": 12e9999}", Price.class);

        assertThatExceptionOfType(InvalidPayload.class).isThrownBy(() -> payloads.writePayload("price", price))
                .satisfies(refused -> assertThat(refused.violations()).extracting("field").containsExactly("amount"));
        assertThat(payloads.writePayload("price", new Price(BigDecimal.TEN))).isEqualTo("{\"amount\":10}");
    }

    @Test
    void sayWhereTextStopsBeingJsonWithoutRepeatingIt() {
        assertThat(violations("{\"note\": secret}").getFirst().message())
                .startsWith("is not JSON (line 1, column ").doesNotContain("secret");
    }

    private List<InvalidPayload.Violation> violations(String json) {
        var refused = assertThatExceptionOfType(InvalidPayload.class)
                .isThrownBy(() -> payloads.read("appointment", json, Appointment.class)).actual();
        assertThat(String.valueOf(refused.getMessage())).doesNotContain("secret", "tomorrow", "1767323045");
        return refused.violations();
    }
}
