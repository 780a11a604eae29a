package io.millrace.api.keys;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

import io.millrace.api.http.ApiKeys;

/** Keeps the {@link KeyRing} new, and notes which keys are used. Refuses the start where nobody has a key. */
@Component
final class KeyUpkeep implements SmartInitializingSingleton, DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(KeyUpkeep.class);

    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration NOTE = Duration.ofSeconds(5);

    private final ApiKeys configured;
    private final KeyRing ring;
    private final ApiKeyStore store;
    private final ScheduledExecutorService timer = Executors
            .newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("api-keys").factory());

    KeyUpkeep(ApiKeys configured, KeyRing ring, ApiKeyStore store) {
        this.configured = configured;
        this.ring = ring;
        this.store = store;
    }

    /** Before the server listens. */
    @Override
    public void afterSingletonsInstantiated() {
        configured.checkSomebodyHasOne(() -> !ring.isEmpty());
        if (!configured.open()) {
            every(LOOK, () -> ring.look(System.nanoTime()));
            every(NOTE, this::noteUses);
        }
    }

    @Override
    public void destroy() {
        timer.close();
        tryTo(this::noteUses);
    }

    private void every(Duration pause, Runnable task) {
        var _ = timer.scheduleWithFixedDelay(() -> tryTo(task), pause.toMillis(), pause.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private void noteUses() {
        Set<String> used = ring.takeUsed();
        if (!used.isEmpty()) {
            store.noteUses(used);
        }
    }

    private static void tryTo(Runnable task) {
        try {
            task.run();
        } catch (DataAccessException e) {
            LOG.debug("API keys wait for the database", e);
        } catch (RuntimeException e) {
            LOG.error("API keys could not be looked after, this goes on", e);
        }
    }
}
