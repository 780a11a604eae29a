package io.millrace.worker.http;

import java.util.TreeMap;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;

import io.millrace.jobs.tracing.FailureKind;

/**
 * A call as it is measured and traced: named and tagged as OpenTelemetry's
 * <a href="https://opentelemetry.io/docs/specs/semconv/http/http-spans/">conventions for HTTP</a> say. Of the address it tells the host alone.
 */
final class ObservedCall {

    private static final String STATUS = "http.response.status_code";
    private static final String NONE = "none";

    private final Observation observation;
    private final OutgoingRequest request;

    private ObservedCall(Observation observation, OutgoingRequest request) {
        this.observation = observation;
        this.request = request;
    }

    static ObservedCall begin(OutgoingRequest asked, ObservationRegistry observations) {
        // What the caller says itself stays.
        var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(asked.headers());
        var context = new SenderContext<TreeMap<String, String>>(
                (_, name, value) -> headers.putIfAbsent(name, value), Kind.CLIENT);
        context.setCarrier(headers);
        var method = asked.method().name();
        var observation = Observation.createNotStarted("millrace.http.call", () -> context, observations)
                .contextualName(method).lowCardinalityKeyValue("http.request.method", method)
                .lowCardinalityKeyValue(STATUS, NONE)
                .highCardinalityKeyValue("server.address", asked.target().host())
                .highCardinalityKeyValue("server.port", String.valueOf(asked.target().port())).start();
        return new ObservedCall(observation,
                new OutgoingRequest(asked.target(), asked.method(), headers, asked.body(), asked.signed()));
    }

    Observation.Scope scope() {
        return observation.openScope();
    }

    /** With the header of the trace. */
    OutgoingRequest request() {
        return request;
    }

    void answered(Answer answer) {
        observation.lowCardinalityKeyValue(STATUS, String.valueOf(answer.status()));
        if (!answer.isSuccess()) {
            observation.error(FailureKind.named(String.valueOf(answer.status())));
        }
    }

    void failed(Throwable failure) {
        observation.error(FailureKind.of(failure));
    }

    void end() {
        observation.stop();
    }
}
