package io.millrace.jobs;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.jobrunr.jobs.Job;
import org.jobrunr.jobs.states.StateName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;

import io.millrace.jobs.JobEvents.Outcome;

/**
 * Tells the {@link JobEvents} of this process, which are looked for once, when all beans are there: one of them may need the queue itself.
 * What happens before that is told to nobody.
 */
final class TellEvents implements SmartInitializingSingleton {

    /** For an engine without listeners. */
    static final TellEvents NOBODY = new TellEvents(Stream::empty);

    private static final Logger LOG = LoggerFactory.getLogger(TellEvents.class);

    private final Supplier<Stream<JobEvents>> beans;
    private final Set<JobEvents> failed = ConcurrentHashMap.newKeySet();
    private volatile List<JobEvents> listeners = List.of();

    TellEvents(Supplier<Stream<JobEvents>> beans) {
        this.beans = beans;
    }

    @Override
    public void afterSingletonsInstantiated() {
        listeners = beans.get().toList();
    }

    /** Whether it is worth while to find out what would be told. */
    boolean areHeard() {
        return !listeners.isEmpty();
    }

    void enqueued(String type, String queue, int jobs) {
        tell(one -> one.enqueued(type, queue, jobs));
    }

    /** By type and queue. */
    void enqueued(Map<String, Map<String, Integer>> jobs) {
        jobs.forEach((type, queues) -> queues.forEach((queue, count) -> enqueued(type, queue, count)));
    }

    void started(String type, String queue, Duration waited) {
        tell(one -> one.started(type, queue, waited));
    }

    void ended(String type, String queue, Outcome outcome, Duration ran) {
        tell(one -> one.ended(type, queue, outcome, ran));
    }

    void timedOut(Job job) {
        Envelope.of(job).ifPresent(its -> tell(one -> one.timedOut(its.type(), its.queue())));
    }

    /** Those that are not tried again have ended with that. */
    void crashed(List<Job> jobs) {
        var counts = new TreeMap<String, Map<String, Integer>>();
        jobs.stream().flatMap(job -> Envelope.of(job).stream()).forEach(its -> counts
                .computeIfAbsent(its.type(), _ -> new TreeMap<>()).merge(its.queue(), 1, Integer::sum));
        counts.forEach((type, queues) -> queues
                .forEach((queue, count) -> tell(one -> one.crashed(type, queue, count))));
        jobs.stream().filter(job -> job.hasState(StateName.FAILED)).forEach(job -> Envelope.of(job)
                .ifPresent(its -> ended(its.type(), its.queue(), Outcome.FAILED, CrashedJob.ran(job))));
    }

    void fetched(int jobs, long since) {
        var took = Duration.ofNanos(System.nanoTime() - since);
        tell(one -> one.fetched(jobs, took));
    }

    void committed(int changes, long since) {
        var took = Duration.ofNanos(System.nanoTime() - since);
        tell(one -> one.committed(changes, took));
    }

    void wakeUpSent() {
        tell(JobEvents::wakeUpSent);
    }

    void wakeUpReceived() {
        tell(JobEvents::wakeUpReceived);
    }

    private void tell(Consumer<JobEvents> event) {
        for (var listener : listeners) {
            try {
                event.accept(listener);
            } catch (RuntimeException | Error e) {
                if (failed.add(listener)) {
                    LOG.error("{} failed at an event; what else it throws is dropped unlogged, and it is told on",
                            listener.getClass().getName(), e);
                }
            }
        }
    }
}
