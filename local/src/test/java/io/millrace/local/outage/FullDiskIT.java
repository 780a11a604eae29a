package io.millrace.local.outage;

import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.UUID;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.millrace.testkit.SmallDiskPostgres;

import static org.assertj.core.api.Assertions.assertThat;

/** The disk with the database's tables is full for a while; its log, on another one, is not. */
@Tag("long")
class FullDiskIT {

    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final int ERRANDS = 20;
    private static final int SECONDS = 10;
    private static final Duration RESUMES_WITHIN = Duration.ofSeconds(5);

    @BeforeEach
    void needsADiskOfItsOwn() {
        Assumptions.assumeTrue(SmallDiskPostgres.isPossible(),
                "mounting a small disk in a namespace of its own (unshare -m) is not allowed here");
    }

    @Test
    void isToldToCallersAndLosesNothingOfWhatWasAcceptedOrHasBeenDone() throws Exception {
        try (var postgres = new SmallDiskPostgres(); var fleet = Fleet.start(postgres.url(), Map.of())) {
            var ledger = fleet.ledger();
            var load = new Load(fleet.api());
            var errands = new HashSet<UUID>();
            for (int i = 0; i < ERRANDS; i++) {
                errands.add(load.post("errand", "{\"seconds\": %d, \"souvenir\": 40000}".formatted(SECONDS)).jobId());
            }
            Awaitility.await().until(() -> ledger.count("errand") == ERRANDS);

            postgres.fill();
            load.queueing(PAUSE, "ledger-entry", "ledger-once").queueing(PAUSE, "ledger-entry", "ledger-once")
                    .reading(PAUSE, "/jobs/LATEST");
            Awaitility.await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(load.answers())
                    .filteredOn(answer -> answer.body().contains("The database has no space left"))
                    .as(fleet::outputs).hasSizeGreaterThan(50).allMatch(Answer::isProperRefusal));
            // The errands are done by then, and have no place for their results.
            Awaitility.await().pollDelay(Duration.ofSeconds(SECONDS + 3)).atMost(Duration.ofMinutes(1))
                    .until(() -> true);
            var waiting = ledger.states(errands);
            assertThat(waiting).as("done, and waiting for a place").containsKey("PROCESSING");
            assertThat(Load.get(fleet.api().resolve("/jobs/" + errands.iterator().next())).status())
                    .as("what only reads").isEqualTo(200);

            long freed = System.nanoTime();
            postgres.free();
            Awaitility.await().atMost(RESUMES_WITHIN).pollInterval(Duration.ofMillis(50))
                    .until(() -> ledger.states(errands).equals(Map.of("SUCCEEDED", (long) ERRANDS)));
            long saved = System.nanoTime();
            Awaitility.await().pollDelay(RESUMES_WITHIN).atMost(Duration.ofMinutes(1)).until(() -> true);
            load.close();

            long firstAccepted = load.answers().stream()
                    .filter(answer -> answer.isAcceptedJob() && answer.ended() - freed > 0)
                    .mapToLong(answer -> answer.ended() - freed).min().orElse(Long.MAX_VALUE);
            System.out.printf("a full disk: %s; %d answers said so; after it had space, errands were saved within %d ms"
                    + " and a job was accepted within %d ms%n", waiting,
                    load.answers().stream().filter(Answer::isProperRefusal).count(), (saved - freed) / 1_000_000,
                    firstAccepted / 1_000_000);
            assertThat(load.answers()).as("anything but an answer of the API's own").filteredOn(
                    answer -> answer.status() != 200 && answer.status() != 202 && !answer.isProperRefusal()).isEmpty();
            assertThat(firstAccepted).isLessThan(RESUMES_WITHIN.toNanos());
            var accepted = load.acceptedJobs();
            Awaitility.await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(ledger.states(accepted))
                    .as(fleet::outputs).isEqualTo(Map.of("SUCCEEDED", (long) accepted.size())));
            var lines = ledger.lines();
            assertThat(lines.keySet()).containsAll(accepted);
            assertThat(ledger.jobs("once")).as("exactly once").allMatch(job -> lines.getOrDefault(job, 0) == 1);
            assertThat(errands).as("was done once").allMatch(job -> lines.getOrDefault(job, 0) == 1);
            assertThat(fleet.lives()).isTrue();
        }
    }
}
