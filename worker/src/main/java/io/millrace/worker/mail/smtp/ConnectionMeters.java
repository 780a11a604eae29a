package io.millrace.worker.mail.smtp;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

import org.springframework.stereotype.Component;

/** How many connections this worker has to its mail server. */
@Component
final class ConnectionMeters implements MeterBinder {

    private final PooledTransport transport;

    ConnectionMeters(PooledTransport transport) {
        this.transport = transport;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("millrace.mail.connections", transport, PooledTransport::inUse).tag("state", "in-use")
                .description("Connections to the mail server").register(registry);
        Gauge.builder("millrace.mail.connections", transport, PooledTransport::idle).tag("state", "idle")
                .description("Connections to the mail server").register(registry);
        FunctionCounter.builder("millrace.mail.connections.opened", transport, PooledTransport::opened)
                .description("Connections opened to the mail server").register(registry);
    }
}
