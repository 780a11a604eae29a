package io.millrace.jobs;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.millrace.jobs.sample.ShopApplication;
import io.millrace.testkit.TestPostgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@ExtendWith(OutputCaptureExtension.class)
class UnreachableDatabaseTest {

    @Test
    void isNamedWhenNothingListensThere(CapturedOutput output) {
        start("jdbc:postgresql://127.0.0.1:1/millrace?password=secret");

        assertThat(output).contains("Cannot reach the database at jdbc:postgresql://127.0.0.1:1/millrace: ")
                .doesNotContain("secret").doesNotContain("\tat org.postgresql");
    }

    @Test
    void isNamedWhenTheDatabaseIsNotThere(CapturedOutput output) {
        start(TestPostgres.newDatabase().replaceAll("test_\\d+", "nowhere"));

        assertThat(output).contains("There is no such database at jdbc:postgresql://");
    }

    private static void start(String url) {
        var application = new SpringApplicationBuilder(ShopApplication.class).web(WebApplicationType.NONE)
                .properties("spring.datasource.url=" + url, "spring.datasource.hikari.connection-timeout=1000");
        assertThatThrownBy(application::run).isNotNull();
    }
}
