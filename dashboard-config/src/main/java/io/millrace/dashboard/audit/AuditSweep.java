package io.millrace.dashboard.audit;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

import io.millrace.jobs.OperatorActions;

/** Deletes rows that are old enough, in small batches, once an hour; safe in many processes at once. */
@Component
final class AuditSweep implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(AuditSweep.class);
    private static final Duration FIRST = Duration.ofMinutes(1);
    private static final Duration PAUSE = Duration.ofHours(1);
    private static final int AT_ONCE = 500;

    private final OperatorActions actions;
    private final Duration retention;
    private @Nullable ScheduledExecutorService timer;

    AuditSweep(OperatorActions actions, AuditSettings settings) {
        this.actions = actions;
        this.retention = settings.retention();
    }

    @Override
    public synchronized void start() {
        if (timer == null) {
            timer = Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("audit-sweep").factory());
            var _ = timer.scheduleWithFixedDelay(this::sweep, FIRST.toSeconds(), PAUSE.toSeconds(), TimeUnit.SECONDS);
        }
    }

    @Override
    public synchronized void stop() {
        if (timer != null) {
            timer.shutdownNow();
            timer = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return timer != null;
    }

    /** All that is old enough; how many that was. */
    int sweep() {
        int deleted = 0;
        try {
            int some = AT_ONCE;
            while (some == AT_ONCE && !Thread.currentThread().isInterrupted()) {
                some = actions.deleteSomeOlderThan(retention, AT_ONCE);
                deleted += some;
            }
        } catch (RuntimeException e) {
            LOG.warn("old rows of the audit log are still there, the next try is in an hour: {}", e.getMessage());
        }
        return deleted;
    }
}
