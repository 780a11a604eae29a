package io.millrace.local.outage;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import io.millrace.testkit.TestPostgres;
import io.millrace.testkit.TestRedis;

import static org.assertj.core.api.Assertions.assertThat;

/** Redis is killed under load, and comes back empty: nothing but speed is lost, by callers and by workers. */
@Tag("long")
class RedisKilledIT {

    private static final Duration PHASE = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(25);
    /** Of an answer: a few questions to Redis at their time-out, on a busy machine. */
    private static final Duration SLOWEST = Duration.ofSeconds(3);

    @Test
    void isMissedByNobodyButForItsSpeed() throws Exception {
        try (var redis = new TestRedis();
                var fleet = Fleet.start(TestPostgres.newDatabase(), Map.of("MILLRACE_REDIS_URL", redis.url()))) {
            var load = new Load(fleet.api());
            var known = load.post("ledger-entry", "{\"number\": 4711}").jobId();
            String result = "/jobs/" + known + "/result";
            Awaitility.await().until(() -> Load.get(fleet.api().resolve(result)).status() == 200);
            for (int i = 0; i < 3; i++) {
                load.queueing(PAUSE, "ledger-entry", "ledger-once").reading(PAUSE, result);
            }
            load.reading(PAUSE, "/jobs/LATEST/result?wait=PT3S");

            long start = System.nanoTime();
            pass();
            long gone = System.nanoTime();
            redis.stop();
            pass();
            long back = System.nanoTime();
            redis.restart();
            pass();
            long end = System.nanoTime();
            load.close();

            print("with Redis", load.within(start, gone));
            print("without Redis", load.within(gone, back));
            print("with an empty one", load.within(back, end));
            assertThat(load.answers()).as(fleet::outputs).allMatch(answer -> answer.status() < 300)
                    .allMatch(answer -> answer.took().compareTo(SLOWEST) < 0 || answer.request().contains("wait="));
            assertThat(load.answers()).filteredOn(answer -> answer.request().equals("GET " + result))
                    .extracting(Answer::body).containsOnly("4711");
            assertThat(load.within(gone, back)).filteredOn(Answer::isAcceptedJob).hasSizeGreaterThan(50);
            var accepted = load.acceptedJobs();
            var ledger = fleet.ledger();
            Awaitility.await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(ledger.states(accepted))
                    .as(fleet::outputs).isEqualTo(Map.of("SUCCEEDED", (long) accepted.size())));
            assertThat(ledger.lines()).as("each ran once").containsKeys(accepted.toArray(UUID[]::new))
                    .allSatisfy((_, lines) -> assertThat(lines).isEqualTo(1));
            for (var answer : load.within(gone, back)) {
                if (answer.isAcceptedJob()) {
                    assertThat(JsonMapper.shared()
                            .readTree(Load.get(fleet.api().resolve("/jobs/" + answer.jobId() + "/result")).body())
                            .isInt()).as("a result from the time without Redis").isTrue();
                }
            }
            assertThat(fleet.lives()).isTrue();
        }
    }

    private static void print(String phase, List<Answer> answers) {
        var times = answers.stream().map(answer -> answer.took().toNanos() / 1_000).sorted().toList();
        System.out.printf("%s: %d answers, p50 %d µs, p99 %d µs, slowest %d µs%n", phase, times.size(),
                times.get(times.size() / 2), times.get(times.size() * 99 / 100), times.getLast());
    }

    private static void pass() {
        Awaitility.await().pollDelay(PHASE).atMost(PHASE.plusSeconds(30)).until(() -> true);
    }
}
