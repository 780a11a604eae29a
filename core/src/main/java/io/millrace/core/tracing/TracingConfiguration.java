package io.millrace.core.tracing;

import java.util.Set;
import javax.sql.DataSource;

import io.micrometer.observation.ObservationFilter;
import io.micrometer.tracing.Tracer;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.SpanExporters;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where traces are made and sent; see {@link NoCollectorNoTraces}. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty(name = "management.tracing.export.enabled", matchIfMissing = true)
class TracingConfiguration {

    /** The application's own pool. The engine's polls and what it writes of many jobs at once belong to no trace. */
    private static final String APPLICATION = "dataSource";
    private static final Set<String> WHOLE_ADDRESS = Set.of("http.url");

    @Bean
    static BeanPostProcessor sqlInTraces(ObjectProvider<Tracer> tracer) {
        return new BeanPostProcessor() {

            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return bean instanceof DataSource pool && name.equals(APPLICATION)
                        ? new TracedDataSource(pool, tracer)
                        : bean;
            }
        };
    }

    @Bean
    SpanExporters spanExporters(ObjectProvider<SpanExporter> exporters) {
        return SpanExporters.of(exporters.orderedStream().map(SaysOnce::new).toList());
    }

    /** A request's span has its address as the controller's pattern; the address itself may hold what only its caller may know. */
    @Bean
    ObservationFilter noWholeAddresses() {
        return context -> {
            WHOLE_ADDRESS.forEach(context::removeHighCardinalityKeyValue);
            return context;
        };
    }
}
