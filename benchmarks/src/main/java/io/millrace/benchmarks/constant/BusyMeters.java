package io.millrace.benchmarks.constant;

import java.time.Duration;
import java.util.List;
import java.util.Random;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;

import io.millrace.jobs.JobCatalog;
import io.millrace.jobs.JobEvents;
import io.millrace.jobs.JobEvents.Outcome;

/** Has the process's meters look as though jobs of as many types and queues as {@link #PAIRS} had run in it: fifty types in five queues each. */
public final class BusyMeters {

    public static final int PAIRS = 250;
    private static final int RUNS_OF_EACH = 200;
    private static final int MOST_MILLIS = 60_000;

    private final JobCatalog types;
    private final List<JobEvents> events;

    BusyMeters(JobCatalog types, List<JobEvents> events) {
        this.types = types;
        this.events = events;
    }

    @EventListener(ApplicationReadyEvent.class)
    void run() {
        var random = new Random(1);
        var names = List.copyOf(types.queues().keySet());
        for (int pair = 0; pair < PAIRS; pair++) {
            String type = names.get(pair % names.size());
            String queue = "queue-" + pair / names.size();
            for (int i = 0; i < RUNS_OF_EACH; i++) {
                var waited = Duration.ofMillis(random.nextInt(MOST_MILLIS));
                var ran = Duration.ofMillis(random.nextInt(MOST_MILLIS));
                events.forEach(each -> {
                    each.enqueued(type, queue, 1);
                    each.started(type, queue, waited);
                    each.ended(type, queue, Outcome.SUCCEEDED, ran);
                });
            }
        }
    }
}
