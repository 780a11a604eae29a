package io.millrace.jobs.tracing;

import java.util.Optional;
import java.util.regex.Pattern;

import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.Tracer;
import org.jspecify.annotations.Nullable;

/**
 * A span as text, as <a href="https://www.w3.org/TR/trace-context/#traceparent-header">W3C's header</a> has it, whatever the service says to others.
 * A vendor's tracestate does not travel with it.
 */
final class Traceparent {

    private static final Pattern FORM = Pattern.compile("00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})");
    private static final Pattern NOTHING = Pattern.compile("0+");
    private static final int IDS = 32;

    private Traceparent() {
    }

    /** Null for what is no span: some tracers always have one. */
    static @Nullable String of(TraceContext span) {
        var trace = span.traceId();
        if (trace.isEmpty() || isNothing(trace)) {
            return null;
        }
        // Some tracers have ids of half the length.
        return "00-" + "0".repeat(IDS - trace.length()) + trace + "-" + span.spanId()
                + (Boolean.TRUE.equals(span.sampled()) ? "-01" : "-00");
    }

    /** Empty for null, and for what is none: rows may hold anything. */
    static Optional<TraceContext> read(@Nullable String text, Tracer tracer) {
        var fields = FORM.matcher(text == null ? "" : text);
        if (!fields.matches() || isNothing(fields.group(1)) || isNothing(fields.group(2))) {
            return Optional.empty();
        }
        boolean sampled = (Integer.parseInt(fields.group(3), 16) & 1) == 1;
        return Optional.of(tracer.traceContextBuilder().traceId(fields.group(1)).spanId(fields.group(2))
                .sampled(sampled).build());
    }

    private static boolean isNothing(String id) {
        return NOTHING.matcher(id).matches();
    }
}
