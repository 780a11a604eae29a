package io.millrace.api.http;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.millrace.api.ApiUnderTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

@ExtendWith(OutputCaptureExtension.class)
final class RefusedStartTest {

    @Test
    void refusesToStartWithoutAKey(CapturedOutput output) {
        assertRefused("millrace.api.open=false", "millrace.api.keys= , ");

        assertThat(output).contains("No API key is configured: set millrace.api.keys (environment variable"
                + " MILLRACE_API_KEYS)");
        assertNoStackTrace(output);
    }

    @Test
    void refusesToBeOpenToOtherMachines(CapturedOutput output) {
        assertRefused("millrace.api.open=true", "server.address=0.0.0.0");

        assertThat(output).contains("only accepted with a loopback server.address");
        assertNoStackTrace(output);
    }

    @Test
    void refusesToSignCursorsWithAKeyThatCouldBeGuessed(CapturedOutput output) {
        assertRefused("millrace.paging.key=guess");

        assertThat(output).contains("Cursors cannot be signed: set millrace.paging.key (environment variable"
                + " MILLRACE_PAGING_KEY)").doesNotContain("guess");
        assertNoStackTrace(output);
    }

    @Test
    void saysThatTheDatabaseCannotBeReached(CapturedOutput output) {
        // That it tries for ten seconds by default, for busy machines, is not waited for here.
        assertRefused("spring.datasource.url=jdbc:postgresql://127.0.0.1:1/millrace",
                "spring.datasource.hikari.initialization-fail-timeout=1");

        assertThat(output).contains("Cannot reach the database at jdbc:postgresql://127.0.0.1:1/millrace");
        assertNoStackTrace(output);
    }

    @Test
    void refusesMoreExportsAtOnceThanThereAreConnectionsForThem(CapturedOutput output) {
        assertRefused("millrace.api.export.at-once=5");

        assertThat(output).contains("millrace.api.export.at-once is 5, and there are only 4 connections for exports.")
                .contains("Raise millrace.api.export.pool.maximum-pool-size, or lower at-once.");
        assertNoStackTrace(output);
    }

    @Test
    void saysThatTheRedisUrlMakesNoSenseWithoutRepeatingIt(CapturedOutput output) {
        assertRefused("millrace.redis.url=redis//:secret@ nowhere");

        assertThat(output).contains("MILLRACE_REDIS_URL) must be redis://host:port").doesNotContain("secret");
        assertNoStackTrace(output);
    }

    private static void assertRefused(String... properties) {
        assertThatException().isThrownBy(() -> ApiUnderTest.start(properties).close());
    }

    private static void assertNoStackTrace(CapturedOutput output) {
        assertThat(output).doesNotContain("\tat ", "BeanCreationException", "cancelling refresh");
    }
}
