package io.millrace.worker.http;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import tools.jackson.databind.json.JsonMapper;

import io.millrace.core.http.HttpCall;
import io.millrace.core.http.HttpCall.Method;
import io.millrace.jobs.testing.PerformJob;

/** Handlers and jobs of the tests here. */
final class Calls {

    static final Instant NOW = Instant.parse("2026-03-01T10:15:30Z");
    static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private Calls() {
    }

    /** Of a worker that may call this machine. */
    static HttpCallSettings settings(String... more) {
        return settings(List.of("127.0.0.0/8"), more);
    }

    static HttpCallSettings settings(List<String> allowed, String... more) {
        var properties = new HashMap<String, String>();
        properties.put("millrace.http-call.allowed-targets", String.join(",", allowed));
        properties.put("millrace.http-call.signing-secrets", SECRET);
        List.of(more).forEach(setting -> properties.put("millrace.http-call." + setting.split("=", 2)[0],
                setting.split("=", 2)[1]));
        return new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate("millrace.http-call",
                HttpCallSettings.class);
    }

    static HttpCall.Answered perform(HttpCallSettings settings, HttpCall job) throws Exception {
        return perform(settings, InetAddress::getAllByName, UUID.randomUUID(), job);
    }

    static HttpCall.Answered perform(HttpCallSettings settings, GuardedLookup.Names names, UUID id, HttpCall job)
            throws Exception {
        try (var services = new CallServices(settings, CLOCK, names, ObservationRegistry.NOOP)) {
            return PerformJob.with(new HttpCallHandler(services, settings, CLOCK)).as(id, 1).run(job);
        }
    }

    static HttpCall get(String url) {
        return new HttpCall(url, Method.GET, null, null, null);
    }

    static HttpCall post(String url, @Nullable String json) {
        return post(url, json, Map.of());
    }

    static HttpCall post(String url, @Nullable String json, Map<String, String> headers) {
        return new HttpCall(url, null, headers, json == null ? null : JsonMapper.shared().readTree(json), null);
    }
}
