package io.millrace.core.tracing;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

class NoCollectorNoTracesTest {

    private final StandardEnvironment environment = new StandardEnvironment();

    NoCollectorNoTracesTest() {
        ConfigurationPropertySources.attach(environment);
        new NoCollectorNoTraces().postProcessEnvironment(environment, new SpringApplication());
    }

    @Test
    void leavesTracingOutUntilSomebodyNamesACollector() {
        assertThat(environment.getProperty("management.tracing.export.enabled")).isEqualTo("false");
        assertThat(excluded()).isNotEmpty().allSatisfy(
                name -> assertThat(Class.forName(name, false, getClass().getClassLoader()).getName()).isEqualTo(name));
    }

    /** As OpenTelemetry's environment variables do. */
    @Test
    void letsItInAlsoIfTheCollectorIsNamedLater() {
        say(Map.of(NoCollectorNoTraces.ENDPOINT, "http://127.0.0.1:4318/v1/traces"));

        assertThat(environment.getProperty("management.tracing.export.enabled")).isNull();
        assertThat(environment.getProperty("management.opentelemetry.enabled")).isNull();
        assertThat(excluded()).isEmpty();
    }

    @Test
    void takesAnEmptyAddressForNone() {
        say(Map.of(NoCollectorNoTraces.ENDPOINT, " "));

        assertThat(environment.getProperty("management.tracing.export.enabled")).isEqualTo("false");
    }

    @Test
    void overridesNobody() {
        say(Map.of("management.tracing.export.enabled", "true"));

        assertThat(environment.getProperty("management.tracing.export.enabled")).isEqualTo("true");
    }

    private void say(Map<String, Object> properties) {
        environment.getPropertySources().addFirst(new MapPropertySource("said", properties));
    }

    private String[] excluded() {
        return Binder.get(environment).bind("spring.autoconfigure.exclude", String[].class).orElse(new String[0]);
    }
}
