package io.millrace.jobs;

import java.util.Optional;
import java.util.Set;

import org.springframework.context.SmartLifecycle;

/** That of the {@link JobWorker}, which it watches for as long as that runs. */
final class LoadOfWorker implements WorkerLoad, SmartLifecycle {

    private final JobWorker worker;
    private final QueueSubscription subscription;
    private final StuckWatch watch;
    private final boolean autoStart;
    private volatile boolean running;

    LoadOfWorker(JobWorker worker, QueueSubscription subscription, StuckWatch watch, boolean autoStart) {
        this.worker = worker;
        this.subscription = subscription;
        this.watch = watch;
        this.autoStart = autoStart;
    }

    @Override
    public Set<String> queues() {
        return subscription.caps().keySet();
    }

    @Override
    public int slots() {
        return takesJobs().map(Slots::concurrency).orElse(0);
    }

    @Override
    public int slots(String queue) {
        boolean serves = subscription.isToAll() || queues().contains(queue);
        return serves ? Math.min(slots(), subscription.cap(queue)) : 0;
    }

    @Override
    public int running(String queue) {
        return worker.server().map(server -> server.slots().taken(queue)).orElse(0);
    }

    @Override
    public Stuck stuck() {
        return running ? watch.found() : Stuck.NO;
    }

    private Optional<Slots> takesJobs() {
        return worker.server().filter(server -> !server.isToldToStop()).map(JobServer::slots);
    }

    @Override
    public void start() {
        watch.start();
        running = true;
    }

    @Override
    public void stop() {
        watch.close();
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public boolean isAutoStartup() {
        return autoStart;
    }

    /** Before the worker is told to stop. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
