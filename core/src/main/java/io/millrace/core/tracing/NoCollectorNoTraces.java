package io.millrace.core.tracing;

import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.Environment;

/**
 * Where no collector is named nothing is traced, and no request, job or line in the log is the dearer for it. Spring Boot would make ids and spans all the
 * same and drop them. Anything that the operator says himself wins.
 */
final class NoCollectorNoTraces implements EnvironmentPostProcessor {

    static final String ENDPOINT = "management.opentelemetry.tracing.export.otlp.endpoint";

    private static final String MICROMETER = "org.springframework.boot.micrometer.tracing.autoconfigure.";
    private static final String TRACING = "org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.";
    private static final String OPEN_TELEMETRY = "org.springframework.boot.opentelemetry.autoconfigure.";

    private static final Map<String, String> OFF = Map.of(
            "management.tracing.export.enabled", "false",
            "management.opentelemetry.enabled", "false",
            "spring.autoconfigure.exclude", String.join(",",
                    MICROMETER + "MicrometerTracingAutoConfiguration",
                    MICROMETER + "NoopTracerAutoConfiguration",
                    TRACING + "OpenTelemetryTracingAutoConfiguration",
                    TRACING + "otlp.OtlpTracingAutoConfiguration",
                    OPEN_TELEMETRY + "OpenTelemetrySdkAutoConfiguration",
                    OPEN_TELEMETRY + "logging.OpenTelemetryLoggingAutoConfiguration",
                    OPEN_TELEMETRY + "logging.otlp.OtlpLoggingAutoConfiguration"));

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        environment.getPropertySources().addLast(new Defaults(environment));
    }

    /** Looks when it is asked: others may name the collector after this, as OTEL_EXPORTER_OTLP_ENDPOINT is read. */
    private static final class Defaults extends EnumerablePropertySource<Map<String, String>> {

        private final Environment environment;

        /** The environment is not its source: Spring would look for the environment's own sources in it, and find it among them. */
        Defaults(Environment environment) {
            super("no collector, no traces", OFF);
            this.environment = environment;
        }

        @Override
        public String[] getPropertyNames() {
            return OFF.keySet().toArray(String[]::new);
        }

        @Override
        public @Nullable Object getProperty(String name) {
            var off = OFF.get(name);
            return off != null && isOff() ? off : null;
        }

        private boolean isOff() {
            var endpoint = environment.getProperty(ENDPOINT);
            return endpoint == null || endpoint.isBlank();
        }
    }
}
