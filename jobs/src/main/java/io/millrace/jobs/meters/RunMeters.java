package io.millrace.jobs.meters;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;

import io.millrace.jobs.JobEvents.Outcome;

/**
 * What becomes of the jobs of one type in one queue, where they run.
 *
 * @param ended
 *            one for each outcome
 */
record RunMeters(Map<Outcome, Counter> ended, Counter crashed, Counter timedOut, Timer waits, Timer runs) {

    /** All of them are there from now on, at zero: the rate of a series that appears with the first failure misses just that. */
    static RunMeters in(MeterRegistry registry, Tags tags) {
        var ended = new EnumMap<Outcome, Counter>(Outcome.class);
        for (var outcome : Outcome.values()) {
            ended.put(outcome, ended(outcome, registry, tags));
        }
        return new RunMeters(ended,
                Counter.builder("millrace.jobs.crashed").description("Jobs found here whose worker had died").tags(tags)
                        .register(registry),
                Counter.builder("millrace.jobs.timed.out").description("Runs that were stopped for their time limit")
                        .tags(tags).register(registry),
                timer("millrace.jobs.wait", "From when a job was due to its start", registry, tags),
                timer("millrace.jobs.run", "From the start of a run to the end of its handler", registry, tags));
    }

    Counter ended(Outcome outcome) {
        return Objects.requireNonNull(ended.get(outcome));
    }

    private static Counter ended(Outcome outcome, MeterRegistry registry, Tags tags) {
        return Counter.builder("millrace.jobs.ended").description("Runs that are over, by what they came to").tags(tags)
                .tag("outcome", outcome.name().toLowerCase(Locale.ROOT)).register(registry);
    }

    private static Timer timer(String name, String description, MeterRegistry registry, Tags tags) {
        return Timer.builder(name).description(description).serviceLevelObjectives(Buckets.ofJobs()).tags(tags)
                .register(registry);
    }
}
