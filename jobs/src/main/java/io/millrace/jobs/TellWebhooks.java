package io.millrace.jobs;

import java.time.Duration;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Looks each second whether jobs have ended whose end is to be told; in any number of workers at once. */
final class TellWebhooks implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(TellWebhooks.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final PostgresJobWebhooks webhooks;
    private final Optional<WebhookDelivery> delivery;
    private final boolean autoStart;
    private @Nullable Thread thread;

    /**
     * @param delivery
     *            without it nothing is started
     */
    TellWebhooks(PostgresJobWebhooks webhooks, Optional<WebhookDelivery> delivery, boolean autoStart) {
        this.webhooks = webhooks;
        this.delivery = delivery;
        this.autoStart = autoStart;
    }

    @Override
    public synchronized void start() {
        thread = delivery.map(how -> Thread.ofVirtual().name("job-webhooks").start(() -> tellUntilStopped(how)))
                .orElse(null);
    }

    @Override
    public synchronized void stop() {
        if (thread != null) {
            thread.interrupt();
            thread = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return thread != null;
    }

    @Override
    public boolean isAutoStartup() {
        return autoStart && delivery.isPresent();
    }

    /** Right after the worker when it stops: the ends of its last jobs are the next one's to tell. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE - 1;
    }

    private void tellUntilStopped(WebhookDelivery how) {
        boolean failing = false;
        try {
            while (true) {
                failing = !tellAll(how, failing);
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException e) {
            LOG.debug("no longer telling of jobs' ends: stopping");
        }
    }

    private boolean tellAll(WebhookDelivery how, boolean failing) {
        try {
            int told = PostgresJobWebhooks.AT_ONCE;
            while (told == PostgresJobWebhooks.AT_ONCE && !Thread.currentThread().isInterrupted()) {
                told = webhooks.tellSome(how);
            }
            return true;
        } catch (RuntimeException | Error e) {
            if (!failing && !Thread.currentThread().isInterrupted()) {
                LOG.warn("whose job has ended was not told ({}); trying again each second", e.toString());
            }
            return false;
        }
    }
}
