package io.millrace.core.tracing;

import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Pattern;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import net.ttddyy.dsproxy.ExecutionInfo;
import net.ttddyy.dsproxy.QueryInfo;
import net.ttddyy.dsproxy.listener.QueryExecutionListener;

import io.millrace.jobs.tracing.FailureKind;

/**
 * A span for each call of the database, as OpenTelemetry's
 * <a href="https://opentelemetry.io/docs/specs/semconv/database/database-spans/">conventions for databases</a> say: with the text of the statement,
 * never its parameters. COPY, commits and rollbacks have none.
 */
final class SqlSpans implements QueryExecutionListener {

    private static final String SPAN = SqlSpans.class.getName();
    private static final Pattern SPACES = Pattern.compile("\\s+");
    private static final int LONGEST = 4_000;

    private final Supplier<Tracer> tracer;

    SqlSpans(Supplier<Tracer> tracer) {
        this.tracer = tracer;
    }

    @Override
    public void beforeQuery(ExecutionInfo call, List<QueryInfo> statements) {
        var current = tracer.get().currentSpan();
        if (current == null || current.isNoop() || statements.isEmpty()) {
            return;
        }
        var text = SPACES.matcher(statements.getFirst().getQuery().strip()).replaceAll(" ");
        var verb = text.substring(0, Math.max(0, (text + " ").indexOf(' '))).toUpperCase(Locale.ROOT);
        call.addCustomValue(SPAN, tracer.get().spanBuilder().kind(Span.Kind.CLIENT).name(verb)
                .tag("db.system.name", "postgresql").tag("db.operation.name", verb)
                .tag("db.query.text", text.substring(0, Math.min(LONGEST, text.length()))).start());
    }

    @Override
    public void afterQuery(ExecutionInfo call, List<QueryInfo> statements) {
        var span = call.getCustomValue(SPAN, Span.class);
        if (span == null) {
            return;
        }
        if (call.getThrowable() != null) {
            span.error(FailureKind.of(call.getThrowable()));
        }
        span.end();
    }
}
