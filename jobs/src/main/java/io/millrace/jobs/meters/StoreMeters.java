package io.millrace.jobs.meters;

import java.time.Duration;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/** How much goes into one transaction of the store and how long that takes, and how often workers are woken. */
record StoreMeters(Timer fetches, DistributionSummary fetchSizes, Timer commits, DistributionSummary commitSizes,
        Counter sent, Counter received) {

    StoreMeters(MeterRegistry registry) {
        this(timer("millrace.jobs.fetch", "Looks for waiting jobs, each a transaction", registry),
                sizes("millrace.jobs.fetch.size", "Jobs taken by one look", registry),
                timer("millrace.jobs.commit", "Commits that changes of jobs shared", registry),
                sizes("millrace.jobs.commit.size", "Changes of jobs that shared a commit", registry),
                wakeUps("sent", registry), wakeUps("received", registry));
    }

    void fetched(int jobs, Duration took) {
        fetches.record(took);
        fetchSizes.record(jobs);
    }

    void committed(int changes, Duration took) {
        commits.record(took);
        commitSizes.record(changes);
    }

    private static Timer timer(String name, String description, MeterRegistry registry) {
        return Timer.builder(name).description(description).serviceLevelObjectives(Buckets.ofTheStore())
                .register(registry);
    }

    private static DistributionSummary sizes(String name, String description, MeterRegistry registry) {
        return DistributionSummary.builder(name).description(description).serviceLevelObjectives(Buckets.ofSizes())
                .register(registry);
    }

    private static Counter wakeUps(String direction, MeterRegistry registry) {
        return Counter.builder("millrace.jobs.wakeups").description("Notes that there is work")
                .tag("direction", direction).register(registry);
    }
}
