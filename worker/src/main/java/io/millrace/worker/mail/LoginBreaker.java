package io.millrace.worker.mail;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

import io.millrace.jobs.TryAgainLater;

/**
 * Keeps mail from a server that refuses this process's login: servers lock out who goes on trying, and no job is to blame. After a
 * pause one mail tries, and the others wait for what it finds. Of this process alone. After Nygard's circuit breaker.
 */
@Component
final class LoginBreaker {

    private static final Logger LOG = LoggerFactory.getLogger(LoginBreaker.class);
    private static final Duration FOR_A_PROBE = Duration.ofSeconds(10);
    private static final int SPREAD = 10;

    private final Clock clock;
    private final SendingSettings settings;
    private Duration pause;
    private @Nullable Instant openUntil;
    private @Nullable Pass probe;

    LoginBreaker(SendingSettings settings, Clock clock, MeterRegistry meters) {
        this.clock = clock;
        this.settings = settings;
        this.pause = settings.loginPause();
        Gauge.builder("millrace.mail.login.refused", this, breaker -> breaker.isOpen() ? 1 : 0)
                .description("1 while the mail server refuses the login, and mail waits").register(meters);
    }

    synchronized boolean isOpen() {
        return openUntil != null;
    }

    /**
     * Returns if a mail may be sent; what comes of it is to be told with what this answers.
     *
     * @throws TryAgainLater
     *             if the login was refused a short time ago
     */
    synchronized Pass pass() {
        var pass = new Pass();
        if (openUntil == null) {
            return pass;
        }
        var left = Duration.between(clock.instant(), openUntil);
        if (left.isPositive()) {
            throw later(left);
        }
        if (probe != null) {
            throw later(FOR_A_PROBE);
        }
        probe = pass;
        return pass;
    }

    /** The server took a login just now, whatever it made of the mail. */
    synchronized void loggedIn() {
        if (openUntil != null) {
            LOG.info("the mail server takes the login again; mail is sent");
        }
        openUntil = null;
        probe = null;
        pause = settings.loginPause();
    }

    /**
     * The server refused it.
     *
     * @param reason
     *            without an address
     * @return for the job to wait until then
     */
    synchronized TryAgainLater refused(String reason, Pass pass) {
        if (openUntil == null) {
            LOG.error("{}; no mail is sent for {}, then one is tried: correct spring.mail.username and password",
                    reason,
                    pause);
            open();
        } else if (pass.equals(probe)) {
            pause = longer();
            LOG.warn("{}, still; no mail is sent for {}", reason, pause);
            open();
        }
        return later(Duration.between(clock.instant(), openUntil));
    }

    /** It did not come as far as a login, or what came of it was told. */
    synchronized void notAsked(Pass pass) {
        if (pass.equals(probe)) {
            probe = null;
        }
    }

    private void open() {
        openUntil = clock.instant().plus(pause);
        probe = null;
    }

    private Duration longer() {
        var twice = pause.multipliedBy(2);
        return twice.compareTo(settings.longestLoginPause()) < 0 ? twice : settings.longestLoginPause();
    }

    /** Not all at once: the first is the probe. */
    private static TryAgainLater later(Duration left) {
        var least = left.isPositive() ? left : Duration.ZERO;
        long spread = ThreadLocalRandom.current().nextLong(1 + FOR_A_PROBE.toMillis() / SPREAD);
        return new TryAgainLater(least.plusMillis(spread), "the mail server refuses the login");
    }

    /** One run's, equal to no other: the others say nothing of what the probe finds. */
    static final class Pass {
    }
}
