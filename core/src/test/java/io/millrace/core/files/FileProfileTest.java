package io.millrace.core.files;

import java.util.List;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** As results of jobs are written and read. */
class FileProfileTest {

    private static final String SHA256 = "ab".repeat(32);

    /** As it was stored before there were quantiles and before what is packed was unpacked. */
    private static final String OLD = """
                                      {"format":"csv","encoding":"UTF-8","delimiter":",","header":true,"rows":3,"rejectedRows":1,"bytes":40,\
                                      "sha256":"%s","columns":[\
                                      {"name":"id","type":"integer","nulls":0,"distinct":3,"distinctIsExact":true,"min":"1","max":"3","mean":2.0,\
                                      "examples":["1","2","3"]},\
                                      {"name":"note","type":"empty","nulls":3,"distinct":0,"distinctIsExact":true,"examples":[]}]}"""
            .formatted(SHA256);

    @Configuration
    @ComponentScan("io.millrace.core.json")
    static class Json {
    }

    @Test
    void isReadFromResultsThatAreOlderThanItsNewestFields() {
        run(json -> assertThat(json.readValue(OLD, FileProfile.class)).isEqualTo(
                FileProfile.table("csv", "UTF-8", ",", true, 3, 1, 40, SHA256, List.of(
                        new FileProfile.Column("id", "integer", 0, 3, true, "1", "3", 2.0, null,
                                List.of("1", "2", "3")),
                        new FileProfile.Column("note", "empty", 3, 0, true, null, null, null, null, List.of())))));
    }

    @Test
    void isWrittenAsBeforeWhereItSaysNothingNew() {
        run(json -> assertThat(json.writeValueAsString(json.readValue(OLD, FileProfile.class))).isEqualTo(OLD));
    }

    @Test
    void hasItsQuantilesByTheirPercents() {
        var quantiles = new FileProfile.Quantiles("1", "2", "3", "4", "5", "6");

        run(json -> {
            String text = json.writeValueAsString(quantiles);
            assertThat(text).isEqualTo("""
                                       {"p5":"1","p25":"2","p50":"3","p75":"4","p95":"5","p99":"6"}""");
            assertThat(json.readValue(text, FileProfile.Quantiles.class)).isEqualTo(quantiles);
        });
    }

    private static void run(Consumer<JsonMapper> test) {
        new ApplicationContextRunner().withInitializer(new ConfigDataApplicationContextInitializer())
                .withPropertyValues("spring.config.import=classpath:millrace-core.yml")
                .withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class))
                .withUserConfiguration(Json.class).run(context -> test.accept(context.getBean(JsonMapper.class)));
    }
}
