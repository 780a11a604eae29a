package io.millrace.worker.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

import io.micrometer.observation.ObservationRegistry;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

import io.millrace.core.http.HttpTarget;
import io.millrace.jobs.PermanentFailure;

/**
 * The one way out: signs requests, connects to whom it may, and follows redirects, each to where the same holds. No proxy is used, whatever
 * the environment names. What it throws names a host, and never a path, a header or a body.
 */
@Component
final class CallServices implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CallServices.class);
    private static final TimeValue IDLE = TimeValue.ofSeconds(30);
    private static final TimeValue LOOKED_AT = TimeValue.ofSeconds(1);

    private final LookUpNames names;
    private final CloseableHttpClient client;
    private final HttpCallSettings settings;
    private final Signatures signatures;
    private final Clock clock;
    private final ObservationRegistry observations;

    @Autowired
    CallServices(HttpCallSettings settings, Clock clock, ObservationRegistry observations) {
        this(settings, clock, InetAddress::getAllByName, observations);
    }

    CallServices(HttpCallSettings settings, Clock clock, GuardedLookup.Names names, ObservationRegistry observations) {
        this.observations = observations;
        this.settings = settings;
        this.clock = clock;
        this.signatures = new Signatures(settings.signingSecrets());
        this.names = new LookUpNames(names, settings.maxLookUps());
        this.client = client(settings,
                new GuardedLookup(this.names, settings.allowedTargets().stream().map(AllowedTarget::of).toList()));
        if (!signatures.areMade()) {
            LOG.warn("millrace.http-call.signing-secrets names none: calls and webhooks go out unsigned");
        }
    }

    private static CloseableHttpClient client(HttpCallSettings settings, GuardedLookup lookup) {
        var connection = ConnectionConfig.custom()
                .setConnectTimeout(Timeout.of(settings.connectTimeout())).setIdleTimeout(Timeout.ofSeconds(30))
                .setValidateAfterInactivity(LOOKED_AT).build();
        var connections = PoolingHttpClientConnectionManagerBuilder.create().setDnsResolver(lookup)
                .setDefaultConnectionConfig(connection).setMaxConnPerRoute(settings.maxConnectionsPerHost())
                .setMaxConnTotal(settings.maxConnections()).build();
        return HttpClients.custom().setConnectionManager(connections).setRoutePlanner(new DefaultRoutePlanner(null))
                .setUserAgent(settings.userAgent()).disableRedirectHandling().disableAutomaticRetries()
                .disableCookieManagement().disableAuthCaching().disableContentCompression()
                .setDefaultRequestConfig(RequestConfig.custom().setAuthenticationEnabled(false)
                        .setProtocolUpgradeEnabled(false).build())
                .evictIdleConnections(IDLE).build();
    }

    /**
     * Calls, and waits for the answer. Returns at once when its thread is interrupted, whatever the call does then. In a trace, whom it calls is
     * told of it.
     *
     * @param id
     *            of the request, the same each time it is made
     * @param timeout
     *            for all of it, to the last byte that is kept
     * @param redirects
     *            to follow at most
     * @throws PermanentFailure
     *             if it may not be called, or sends the request to where it must not go
     * @throws CalledInVain
     *             if no answer came
     * @throws InterruptedException
     *             if the thread is told to stop
     */
    Answer call(UUID id, OutgoingRequest request, Duration timeout, int redirects)
            throws CalledInVain, InterruptedException {
        var observed = ObservedCall.begin(request, observations);
        try (var _ = observed.scope()) {
            var answer = answer(id, observed.request(), timeout, redirects);
            observed.answered(answer);
            return answer;
        } catch (CalledInVain | InterruptedException | RuntimeException | Error e) {
            observed.failed(e);
            throw e;
        } finally {
            observed.end();
        }
    }

    private Answer answer(UUID id, OutgoingRequest request, Duration timeout, int redirects)
            throws CalledInVain, InterruptedException {
        var exchange = new Exchange(client, settings, signatures, clock, id, timeout, redirects);
        var answer = new FutureTask<>(() -> exchange.answerTo(request));
        // Of its own: one byte a minute is an answer as well, and reading it cannot be interrupted.
        var thread = Thread.ofVirtual().name("http-call-" + id).start(answer);
        boolean answered = false;
        try {
            var got = answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            answered = true;
            return got;
        } catch (TimeoutException e) {
            throw new CalledInVain(exchange.target(request) + " did not answer within " + timeout);
        } catch (ExecutionException e) {
            throw failure(exchange.target(request), Objects.requireNonNull(e.getCause()));
        } finally {
            if (!answered) {
                exchange.cancel();
                thread.interrupt();
            }
        }
    }

    /** Without the cause: its message may repeat what was sent. */
    private static CalledInVain failure(HttpTarget target, Throwable cause) {
        return switch (cause) {
            case PermanentFailure final_ -> throw final_;
            case ForbiddenTarget forbidden -> throw new PermanentFailure(String.valueOf(forbidden.getMessage()));
            case LookUpNames.TooManyLookUps _ -> new CalledInVain(target + ": too many names are looked up already");
            case UnknownHostException _ -> new CalledInVain(target + ": unknown host");
            case ConnectException _ -> new CalledInVain(target + ": connection refused");
            case InterruptedIOException _ -> new CalledInVain(target + " did not answer in time");
            case SSLException e -> new CalledInVain(target + ": " + e.getClass().getSimpleName());
            case IOException e -> new CalledInVain(target + ": " + e.getClass().getSimpleName());
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new IllegalStateException(cause);
        };
    }

    @Override
    public void close() throws IOException {
        names.close();
        client.close();
    }
}
