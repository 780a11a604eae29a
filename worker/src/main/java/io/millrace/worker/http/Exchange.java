package io.millrace.worker.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

import io.millrace.core.http.HttpTarget;
import io.millrace.jobs.PermanentFailure;

/** One call with its redirects, on a thread of its own until another cancels it. */
final class Exchange {

    private static final byte[] NOTHING = {};

    private final CloseableHttpClient client;
    private final HttpCallSettings settings;
    private final Signatures signatures;
    private final Clock clock;
    private final UUID id;
    private final RequestConfig config;
    private final int redirects;
    private volatile boolean cancelled;
    private volatile @Nullable HttpUriRequestBase underWay;
    private volatile @Nullable HttpTarget target;

    Exchange(CloseableHttpClient client, HttpCallSettings settings, Signatures signatures, Clock clock, UUID id,
            Duration timeout, int redirects) {
        this.client = client;
        this.settings = settings;
        this.signatures = signatures;
        this.clock = clock;
        this.id = id;
        this.redirects = redirects;
        this.config = RequestConfig.custom().setAuthenticationEnabled(false).setProtocolUpgradeEnabled(false)
                .setConnectionRequestTimeout(Timeout.of(timeout)).setResponseTimeout(Timeout.of(timeout)).build();
    }

    /** Whom it calls now. */
    HttpTarget target(OutgoingRequest first) {
        return Optional.ofNullable(target).orElse(first.target());
    }

    void cancel() {
        cancelled = true;
        var request = underWay;
        if (request != null) {
            request.cancel();
        }
    }

    Answer answerTo(OutgoingRequest first) throws IOException {
        var request = first;
        for (int followed = 0;; followed++) {
            var answer = send(request);
            if (!answer.isRedirect() || redirects == 0) {
                return answer;
            }
            if (followed == redirects) {
                throw new PermanentFailure(first.target() + " redirects more than " + redirects + " times");
            }
            request = next(request, answer);
        }
    }

    private static OutgoingRequest next(OutgoingRequest request, Answer answer) {
        try {
            return request.redirected(answer.status(), String.valueOf(answer.location()));
        } catch (IllegalArgumentException e) {
            throw new PermanentFailure(
                    request.target() + " redirects to where it must not: the address " + e.getMessage());
        }
    }

    private Answer send(OutgoingRequest request) throws IOException {
        var to = request.target();
        target = to;
        var sent = new HttpUriRequestBase(request.method().name(), to.uri());
        sent.setConfig(config);
        request.headers().forEach(sent::setHeader);
        byte[] body = request.body() == null ? NOTHING : request.body().getBytes(StandardCharsets.UTF_8);
        if (request.body() != null) {
            var type = request.headers().keySet().stream().anyMatch(HttpHeaders.CONTENT_TYPE::equalsIgnoreCase)
                    ? null
                    : ContentType.create("application/json");
            sent.setEntity(new ByteArrayEntity(body, type));
        }
        if (request.signed()) {
            signatures.headers(id.toString(), clock.instant(), body).forEach(sent::setHeader);
        }
        underWay = sent;
        if (cancelled) {
            throw new IOException("cancelled");
        }
        // A response that was not read to its end is closed with its connection.
        try (var response = client.executeOpen(HttpHost.create(to.uri()), sent, null)) {
            return read(to, response);
        }
    }

    private Answer read(HttpTarget from, ClassicHttpResponse response) throws IOException {
        int most = (int) settings.maxAnswer().toBytes();
        byte[] body = NOTHING;
        if (response.getEntity() != null && response.getEntity().getContent() != null) {
            // Reads on to the end where it is near, so that the connection can be used again.
            body = response.getEntity().getContent().readNBytes(most + 1);
        }
        boolean truncated = body.length > most;
        return new Answer(from, response.getCode(), value(response, HttpHeaders.CONTENT_TYPE),
                value(response, HttpHeaders.LOCATION), value(response, HttpHeaders.RETRY_AFTER),
                truncated ? Arrays.copyOf(body, most) : body, truncated);
    }

    private static @Nullable String value(ClassicHttpResponse response, String name) {
        return Optional.ofNullable(response.getFirstHeader(name)).map(Header::getValue).orElse(null);
    }
}
