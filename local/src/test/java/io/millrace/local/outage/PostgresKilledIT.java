package io.millrace.local.outage;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.UUID;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.millrace.testkit.KillablePostgres;

import static org.assertj.core.api.Assertions.assertThat;

/** Postgres is killed under load and comes back after half a minute; nobody restarts anything else. */
@Tag("long")
class PostgresKilledIT {

    private static final Duration AWAY = Duration.ofSeconds(30);
    private static final Duration BACK_WITHIN = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(40);
    private static final int ERRANDS = 6;

    @Test
    void isMissedForNoLongerThanItIsAwayAndNothingAcceptedIsLost() throws Exception {
        try (var postgres = new KillablePostgres(); var fleet = Fleet.start(postgres.url(), Map.of())) {
            var ledger = fleet.ledger();
            var load = new Load(fleet.api());
            var errands = new HashSet<UUID>();
            for (int i = 0; i < ERRANDS; i++) {
                // Longer than Postgres is away, and past the time after which a worker that is silent counts as dead.
                errands.add(load.post("errand", "{\"seconds\": 60, \"souvenir\": 10}").jobId());
            }
            Awaitility.await().until(() -> ledger.count("errand") == ERRANDS);
            for (int i = 0; i < 4; i++) {
                load.queueing(PAUSE, "ledger-entry", "ledger-once");
            }
            load.reading(PAUSE, "/jobs/LATEST").reading(PAUSE, "/jobs/LATEST/result?wait=PT2S");
            pass(Duration.ofSeconds(5));

            postgres.kill();
            long gone = System.nanoTime();
            pass(AWAY);
            long returning = System.nanoTime();
            postgres.restart();
            long back = System.nanoTime();
            var backAt = Instant.now();
            pass(BACK_WITHIN);
            var firstRun = ledger.firstAfter(backAt);
            pass(Duration.ofSeconds(5));
            long end = System.nanoTime();
            load.close();

            var meanwhile = load.within(gone, returning);
            var after = load.within(back + BACK_WITHIN.toNanos(), end);
            long firstAccepted = load.answers().stream()
                    .filter(answer -> answer.isAcceptedJob() && answer.ended() - returning > 0)
                    .mapToLong(answer -> answer.ended() - back).min().orElse(Long.MAX_VALUE);
            var accepted = load.acceptedJobs();
            System.out.printf("""
                              Postgres away for %d s: %d answers meanwhile, the slowest after %d ms; \
                              first job accepted %d ms after its return, first run by a worker after %s; \
                              %d jobs accepted in all%n""", AWAY.toSeconds(), meanwhile.size(),
                    meanwhile.stream().mapToLong(answer -> answer.took().toMillis()).max().orElse(0),
                    firstAccepted / 1_000_000, firstRun.stream().map(at -> Duration.between(backAt, at)).toList(),
                    accepted.size());
            assertThat(meanwhile).as(fleet::outputs).hasSizeGreaterThan(50).allMatch(Answer::isProperRefusal);
            assertThat(load.answers()).as("anything but an answer of the API's own")
                    .filteredOn(answer -> answer.status() != 200 && answer.status() != 202
                            && !answer.isProperRefusal())
                    .isEmpty();
            assertThat(firstAccepted).isLessThan(BACK_WITHIN.toNanos());
            assertThat(firstRun).as("runs within %s of its return", BACK_WITHIN).isNotEmpty();
            assertThat(after).as("once it has been back for %s", BACK_WITHIN).hasSizeGreaterThan(50)
                    .allMatch(answer -> answer.status() < 300);

            accepted.addAll(errands);
            Awaitility.await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> assertThat(ledger.states(accepted))
                    .as(fleet::outputs).isEqualTo(Map.of("SUCCEEDED", (long) accepted.size())));
            var lines = ledger.lines();
            System.out.printf("%d of them wrote their line again%n",
                    lines.values().stream().filter(count -> count > 1).count());
            assertThat(lines.keySet()).as("effects of all that was accepted").containsAll(accepted);
            assertThat(ledger.jobs("once")).as("exactly once").allMatch(job -> lines.getOrDefault(job, 0) == 1);
            assertThat(errands).as(fleet::outputs).allMatch(job -> lines.getOrDefault(job, 0) == 1);
            assertThat(fleet.lives()).isTrue();
        }
    }

    private static void pass(Duration time) {
        Awaitility.await().pollDelay(time).atMost(time.plusSeconds(30)).until(() -> true);
    }
}
