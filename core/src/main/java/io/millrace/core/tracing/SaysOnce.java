package io.millrace.core.tracing;

import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;

/** Tells once that the collector does not take spans, and once that it does again, however long it is away. */
final class SaysOnce implements SpanExporter {

    private static final Logger LOG = LoggerFactory.getLogger(SaysOnce.class);

    private final SpanExporter exporter;
    private final AtomicBoolean away = new AtomicBoolean();

    SaysOnce(SpanExporter exporter) {
        this.exporter = exporter;
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        var result = exporter.export(spans);
        result.whenComplete(() -> tell(result));
        return result;
    }

    private void tell(CompletableResultCode result) {
        if (away.compareAndSet(result.isSuccess(), !result.isSuccess())) {
            if (result.isSuccess()) {
                LOG.info("the collector takes spans again");
            } else {
                LOG.warn("the collector does not take spans ({}); they are dropped until it does",
                        reason(result));
            }
        }
    }

    private static String reason(CompletableResultCode result) {
        var failure = result.getFailureThrowable();
        return failure == null ? "no reason given" : NestedExceptionUtils.getMostSpecificCause(failure).toString();
    }

    @Override
    public CompletableResultCode flush() {
        return exporter.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
        return exporter.shutdown();
    }
}
