package io.millrace.jobs;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import io.millrace.jobs.sample.ShipOrder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SettingsTest {

    @Test
    void haveTheseDefaults() {
        assertThat(bound("millrace.jobs", JobsProperties.class, Map.of()))
                .isEqualTo(new JobsProperties("millrace_jobs", List.of(), Duration.ofHours(24), Duration.ofHours(24),
                        true, Map.of()));
        assertThat(bound("millrace.jobs.worker", JobWorkerProperties.class, Map.of()))
                .isEqualTo(new JobWorkerProperties(false, "", "", Set.of(), 16, Duration.ofSeconds(5),
                        Duration.ofSeconds(20), Duration.ofHours(36), Duration.ofHours(72), true,
                        Duration.ofMinutes(15)));
    }

    @Test
    void letAnOperatorOverrideOneJobTypesPolicy() {
        var settings = bound("millrace.jobs", JobsProperties.class,
                Map.of("millrace.jobs.types.ship-order.result-ttl", "PT1M",
                        "millrace.jobs.types.ship-order.max-attempts", "7",
                        "millrace.jobs.types.ship-order.back-off", "PT1S",
                        "millrace.jobs.types.ship-order.max-back-off", "PT2S",
                        "millrace.jobs.types.ship-order.time-limit", "PT3S",
                        "millrace.jobs.types.ship-order.interrupt-grace", "PT4S"));

        var type = JobDescriptor.of(ShipOrder.class, settings);

        assertThat(type.resultTtl()).isEqualTo(Duration.ofMinutes(1));
        assertThat(type.maxAttempts()).isEqualTo(7);
        assertThat(type.backOff()).isEqualTo(new BackOff(Duration.ofSeconds(1), Duration.ofSeconds(2)));
        assertThat(type.timeLimit()).isEqualTo(new TimeLimit(Duration.ofSeconds(3), Duration.ofSeconds(4)));
    }

    @Test
    void findAJobTypeAsAnEnvironmentVariableNamesItWithoutHyphens() {
        var settings = bound("millrace.jobs", JobsProperties.class,
                Map.of("millrace.jobs.types.shiporder.max-attempts", "7"));

        assertThat(JobDescriptor.of(ShipOrder.class, settings).maxAttempts()).isEqualTo(7);
    }

    @Test
    void refuseToStartWithSettingsForAJobTypeThatIsNone() {
        var settings = bound("millrace.jobs", JobsProperties.class,
                Map.of("millrace.jobs.types.ship-orders.max-attempts", "7"));

        assertThatExceptionOfType(CannotStart.class)
                .isThrownBy(() -> new JobTypes(List.of(ShipOrder.class.getPackageName()), settings))
                .withMessage("millrace.jobs.types has settings for ship-orders, and there is no such job type.")
                .extracting(CannotStart::remedy).asString().contains("ship-order");
        assertThatCode(() -> new JobTypes(List.of("io.millrace.nothing"), settings)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"max-attempts=0", "max-attempts=101", "back-off=PT0S", "max-back-off=PT-1S",
            "result-ttl=PT0S", "time-limit=PT0S", "interrupt-grace=PT-1S"})
    void refuseAPolicyThatMakesNoSense(String policy) {
        new ApplicationContextRunner().withUserConfiguration(Bound.class)
                .withPropertyValues("millrace.jobs.types.ship-order." + policy)
                .run(context -> assertThat(context).hasFailed().getFailure()
                        .hasRootCauseInstanceOf(BindValidationException.class));
    }

    @EnableConfigurationProperties(JobsProperties.class)
    static class Bound {
    }

    private static <T> T bound(String prefix, Class<T> type, Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate(prefix, type);
    }
}
