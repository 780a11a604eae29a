package io.millrace.jobs;

import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

import io.millrace.jobs.JobStatus.State;
import io.millrace.jobs.sample.ShipOrder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** A request that is repeated with its key queues nothing more. */
class IdempotencyKeyTest extends EmbeddedEngine {

    @Autowired
    TransactionTemplate transactions;
    @Autowired
    KeySweep sweep;
    @Autowired
    Clock clock;

    @Test
    void answersTheSameJobWhateverBecameOfIt() {
        var first = queue.enqueue(ship(60_001), key("same"));
        await(first, State.SUCCEEDED);
        jdbc.sql("delete from millrace_jobs.jobrunr_jobs where id = ?").param(first.toString()).update();

        assertThat(queue.enqueue(ship(60_001), key("same").withPriority(3))).isEqualTo(first);
        assertThat(queue.enqueue("ship-order", "{ \"address\": \"somewhere\", \"orderId\": 60001 }", key("same")))
                .isEqualTo(first);

        assertThat(queue.find(first)).isEmpty();
    }

    @Test
    void refusesAnotherPayload() {
        var first = queue.enqueue(ship(60_002), key("other"));

        assertThatExceptionOfType(IdempotencyKeyReused.class)
                .isThrownBy(() -> queue.enqueue(ship(60_003), key("other")))
                .withMessageContainingAll("other", first.toString()).satisfies(refused -> {
                    assertThat(refused.key()).isEqualTo("other");
                    assertThat(refused.existingId()).isEqualTo(first);
                });
    }

    @Test
    void tellsTypesApartAndNotTheOrderOfFields() {
        assertThat(RequestHash.of(request("a", "{\"x\":1.50,\"y\":[1,{\"b\":2,\"a\":3}]}")))
                .isEqualTo(RequestHash.of(request("a", "{\"y\":[1,{\"a\":3,\"b\":2}],\"x\":1.50}")))
                .isNotEqualTo(RequestHash.of(request("b", "{\"x\":1.50,\"y\":[1,{\"b\":2,\"a\":3}]}")))
                .isNotEqualTo(RequestHash.of(request("a", "{\"x\":1.50,\"y\":[{\"b\":2,\"a\":3},1]}")));
    }

    @Test
    void standsForANewJobOnceItHasExpired() {
        var first = queue.enqueue(ship(60_004), key("expired"));
        expire("expired");

        var second = queue.enqueue(ship(60_005), key("expired"));

        assertThat(second).isNotEqualTo(first);
        assertThat(queue.enqueue(ship(60_005), key("expired"))).isEqualTo(second);
    }

    @Test
    void standsForNothingWhenTheTransactionRollsBack() {
        transactions.executeWithoutResult(status -> {
            queue.enqueue(ship(60_006), key("rolled back"));
            status.setRollbackOnly();
        });

        await(queue.enqueue(ship(60_007), key("rolled back")), State.SUCCEEDED);
    }

    @Test
    void standsForTheJobThatItsUniqueKeyKept() {
        var options = key("kept").withUniqueKey(UniqueKey.whileWaiting("kept"))
                .withRunAt(clock.instant().plus(Duration.ofDays(1)));
        var holder = queue.enqueue(ship(60_008), options.withIdempotencyKey("the holder's"));

        assertThat(queue.enqueue(ship(60_009), options)).isEqualTo(holder);
        assertThat(queue.cancel(holder)).isTrue();
        assertThat(queue.enqueue(ship(60_009), options)).isEqualTo(holder);
    }

    @Test
    void queuesOneJobForAHundredCallersAtOnceWithANewKeyAndWithAnExpiredOne() throws Exception {
        queue.enqueue(ship(60_010), key("race"));
        expire("race");
        for (String key : new String[]{"race", "race for a new one"}) {
            var answers = new HashSet<UUID>();
            try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
                for (Future<UUID> answer : callers.invokeAll(IntStream.range(0, 100)
                        .<Callable<UUID>>mapToObj(i -> () -> queue.enqueue(ship(60_011), key(key))).toList())) {
                    answers.add(answer.get());
                }
            }
            assertThat(answers).hasSize(1);
        }
        assertThat(jdbc.sql("""
                            select count(*) from millrace_jobs.jobrunr_jobs where jobAsJson like '%orderId_":60011,%'
                            """).query(Long.class).single()).isEqualTo(2);
    }

    @Test
    void comparesWhatTheCallerSaysARequestIs() {
        var first = queue.enqueue(ship(60_013), key(new IdempotencyKey("said", "one")));

        assertThat(queue.enqueue(ship(60_014), key(new IdempotencyKey("said", "one")))).isEqualTo(first);
        assertThatExceptionOfType(IdempotencyKeyReused.class)
                .isThrownBy(() -> queue.enqueue(ship(60_013), key(new IdempotencyKey("said", "two"))));
        assertThatExceptionOfType(IdempotencyKeyReused.class)
                .isThrownBy(() -> queue.enqueue(ship(60_013), key("said")));
    }

    @Test
    void isSweptOnceItHasExpired() {
        queue.enqueue(ship(60_012), key("swept"));
        queue.enqueue(ship(60_012), key("not swept"));
        expire("swept");

        sweep.sweepIdempotencyKeys(Turns.REAL);

        assertThat(jdbc.sql("select key from millrace_jobs.job_idempotency_keys where key like '%swept'")
                .query(String.class).list()).containsExactly("not swept");
    }

    private void expire(String key) {
        jdbc.sql("update millrace_jobs.job_idempotency_keys set expires_at = now() where key = ?").param(key).update();
    }

    private static EnqueuedJob request(String type, String payload) {
        return new EnqueuedJob(type, 1, "default", 0, 1, payload);
    }

    private static EnqueueOptions key(String key) {
        return EnqueueOptions.DEFAULTS.withIdempotencyKey(key);
    }

    private static EnqueueOptions key(IdempotencyKey key) {
        return EnqueueOptions.DEFAULTS.withIdempotencyKey(key);
    }

    private static ShipOrder ship(int order) {
        return new ShipOrder(order, "somewhere");
    }
}
