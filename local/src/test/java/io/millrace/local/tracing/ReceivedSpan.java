package io.millrace.local.tracing;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;

/**
 * A span as a collector receives it.
 *
 * @param service
 *            the process it is of
 * @param parent
 *            empty for none
 * @param links
 *            the spans that it links to, each as trace:span
 * @param text
 *            all that it says
 */
record ReceivedSpan(String service, String name, Span.SpanKind kind, String trace, String id, String parent,
        Map<String, String> attributes, List<String> links, boolean failed, String text) {

    static List<ReceivedSpan> all(ExportTraceServiceRequest request) {
        return request.getResourceSpansList().stream()
                .flatMap(of -> of.getScopeSpansList().stream().flatMap(scope -> scope.getSpansList().stream())
                        .map(span -> of(texts(of.getResource().getAttributesList()).getOrDefault("service.name", ""),
                                span)))
                .toList();
    }

    private static ReceivedSpan of(String service, Span span) {
        return new ReceivedSpan(service, span.getName(), span.getKind(), hex(span.getTraceId()), hex(span.getSpanId()),
                hex(span.getParentSpanId()), texts(span.getAttributesList()),
                span.getLinksList().stream().map(link -> hex(link.getTraceId()) + ":" + hex(link.getSpanId())).toList(),
                span.getStatus().getCode() == StatusCode.STATUS_CODE_ERROR, span.toString());
    }

    String link() {
        return trace + ":" + id;
    }

    boolean isChildOf(ReceivedSpan other) {
        return trace.equals(other.trace) && parent.equals(other.id);
    }

    boolean isSql(String part) {
        return attributes.getOrDefault("db.query.text", "").contains(part);
    }

    private static String hex(ByteString bytes) {
        return HexFormat.of().formatHex(bytes.toByteArray());
    }

    private static Map<String, String> texts(List<KeyValue> attributes) {
        return attributes.stream().collect(Collectors.toMap(KeyValue::getKey, each -> text(each.getValue())));
    }

    private static String text(AnyValue value) {
        return switch (value.getValueCase()) {
            case INT_VALUE -> String.valueOf(value.getIntValue());
            case BOOL_VALUE -> String.valueOf(value.getBoolValue());
            default -> value.getStringValue();
        };
    }
}
