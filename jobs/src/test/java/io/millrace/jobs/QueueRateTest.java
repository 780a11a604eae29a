package io.millrace.jobs;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.millrace.jobs.JobStatus.State;
import io.millrace.jobs.sample.ShipOrder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** How fast several workers together start the jobs of a queue that has a rate. */
class QueueRateTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    /** On a busy machine; at the rates before the change it would be hours, and nine seconds. */
    private static final Duration SOON = Duration.ofSeconds(3);

    private final Nodes nodes = new Nodes();

    @BeforeEach
    void start() {
        for (int i = 0; i < 3; i++) {
            nodes.start();
        }
    }

    @AfterEach
    void stop() {
        nodes.close();
    }

    @Test
    void isReachedAndExceededInNoSecond() {
        nodes.queues().limitRate("mail", 100, SECOND);
        var unlimited = enqueue("files", 50);

        var starts = starts(enqueue("mail", 300));

        assertThat(Duration.between(starts.getFirst(), starts.getLast())).isBetween(Duration.ofMillis(2_700),
                Duration.ofSeconds(5));
        // Five start ahead of their time; and as many may have been counted a moment before they started.
        assertThat(mostWithinASecond(starts)).isLessThanOrEqualTo(110);
        assertThat(unlimited).allMatch(id -> startOf(id).isBefore(starts.get(100)));
    }

    @Test
    void holdsForJobsWithALimitOfTheirOwn() {
        nodes.queues().limitRate("mail", 50, SECOND);
        var jobs = nodes.enqueue(IntStream.rangeClosed(1, 50)
                .mapToObj(i -> new NewJob(new ShipOrder(i, "somewhere"),
                        EnqueueOptions.DEFAULTS.withQueue("mail").withConcurrencyLimit("tenant:" + i % 2, 10))));

        var starts = starts(jobs);

        assertThat(Duration.between(starts.getFirst(), starts.getLast())).isBetween(Duration.ofMillis(800),
                Duration.ofSeconds(4));
    }

    @Test
    void isChangedAndTakenBackForAllAtOnce() {
        nodes.queues().limitRate("mail", 1, Duration.ofHours(1));
        var jobs = enqueue("mail", 200);
        Awaitility.await().until(() -> succeeded() == 1);

        nodes.queues().limitRate("mail", 20, SECOND);
        Awaitility.await().atMost(SOON).pollInterval(Duration.ofMillis(10)).until(() -> succeeded() > 2);
        assertThat(succeeded()).isLessThan(80);

        nodes.queues().unlimitRate("mail");
        assertThat(nodes.queues().rates()).isEmpty();
        nodes.awaitAll(State.SUCCEEDED, SOON);
        assertThat(jobs).hasSize(200);
    }

    @Test
    void isRememberedByWorkersThatStartLater() {
        nodes.queues().limitRate("mail", 3, Duration.ofMinutes(1));
        nodes.queues().limitRate("files", 3, Duration.ofDays(1));

        assertThat(nodes.start("queues=mail").getBean(JobQueues.class).rates()).isEqualTo(Map.of("mail",
                new QueueRate(3, Duration.ofMinutes(1)), "files", new QueueRate(3, Duration.ofDays(1))));
    }

    @Test
    void isRefusedWhereItIsNone() {
        assertThatExceptionOfType(InvalidEnqueueOption.class)
                .isThrownBy(() -> nodes.queues().limitRate("mail", 0, SECOND))
                .withMessageContaining("rate must be of 1 to 1000000 jobs");
        assertThatExceptionOfType(InvalidEnqueueOption.class)
                .isThrownBy(() -> nodes.queues().limitRate("mail", 1, Duration.ZERO))
                .withMessageContaining("rate must be per PT0.001S");
        assertThatExceptionOfType(InvalidEnqueueOption.class)
                .isThrownBy(() -> nodes.queues().limitRate("No Queue", 1, SECOND));
    }

    private List<UUID> enqueue(String queue, int count) {
        var options = EnqueueOptions.DEFAULTS.withQueue(queue);
        return nodes.enqueue(Stream.generate(() -> new NewJob(new ShipOrder(1, "somewhere"), options)).limit(count));
    }

    private List<Instant> starts(List<UUID> jobs) {
        nodes.awaitAll(State.SUCCEEDED, Duration.ofSeconds(10));
        return jobs.stream().map(this::startOf).sorted().toList();
    }

    private Instant startOf(UUID id) {
        var startedAt = nodes.queue().find(id).orElseThrow().startedAt();
        assertThat(startedAt).isNotNull();
        return startedAt == null ? Instant.MAX : startedAt;
    }

    private static int mostWithinASecond(List<Instant> starts) {
        return starts.stream().mapToInt(from -> (int) starts.stream()
                .filter(start -> !start.isBefore(from) && start.isBefore(from.plus(SECOND))).count()).max().orElse(0);
    }

    private int succeeded() {
        return nodes.jdbc().sql("select count(*) from millrace_jobs.jobrunr_jobs where state = 'SUCCEEDED'")
                .query(Integer.class).single();
    }
}
