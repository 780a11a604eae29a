package io.millrace.benchmarks.jobs;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** What there is to measure. */
final class Scenarios {

    /** Of a drain: a JVM compiles what an engine does for half a minute of it. */
    private static final int WARM_UPS = 3;

    private Scenarios() {
    }

    static List<Scenario<?>> of(Sizes sizes) {
        return List.of(oneByOne(sizes), drain("drain", "no-op jobs", Duration.ZERO, sizes),
                drain("sleep", "jobs of " + Sizes.SLEEP.toMillis() + " ms", Sizes.SLEEP, sizes), pickUp(sizes));
    }

    private static Scenario<PickedUp> pickUp(Sizes sizes) {
        return new Scenario<>("pickup", "from enqueue's return to the handler, idle", 1, sizes.rounds(),
                peer -> PickedUp.of(peer, sizes.samples()),
                List.of(Column.of("jobs", 0, PickedUp::samples), millisWithin("p50 ms", 0.5),
                        millisWithin("p95 ms", 0.95), millisWithin("p99 ms", 0.99), millisWithin("most ms", 1)));
    }

    private static Column<PickedUp> millisWithin(String title, double share) {
        return Column.of(title, 1, picked -> picked.millisWithin(share));
    }

    private static Scenario<Enqueued> oneByOne(Sizes sizes) {
        return new Scenario<>("enqueue", oneByOneTitle(sizes), 1, sizes.rounds() + 2,
                peer -> Enqueued.oneByOne(peer, sizes),
                List.of(Column.of("jobs/s", 0, Enqueued::perSecond).besidePlainJobRunr()));
    }

    static String oneByOneTitle(Sizes sizes) {
        return many(sizes.singles()) + " jobs enqueued one by one by " + sizes.connections() + " threads";
    }

    private static Scenario<DrainedQueue> drain(String name, String kind, Duration length, Sizes sizes) {
        String title = many(sizes.jobs()) + " " + kind + ", " + sizes.concurrency() + " at once";
        return new Scenario<>(name, title, WARM_UPS, sizes.rounds(),
                peer -> DrainedQueue.of(peer, sizes.jobs(), length),
                List.of(Column.of("enqueued in bulk, jobs/s", 0, DrainedQueue::enqueuedPerSecond).besidePlainJobRunr(),
                        Column.of("drained, jobs/s", 0, DrainedQueue::drainedPerSecond).besidePlainJobRunr(),
                        Column.of("transactions/job", 2, DrainedQueue::transactionsPerJob),
                        Column.of("kB of WAL/job", 1, DrainedQueue::kilobytesOfLogPerJob),
                        Column.of("first job after s", 2, DrainedQueue::secondsToFirst),
                        Column.of("run again", 0, DrainedQueue::repeated)));
    }

    private static String many(int number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
