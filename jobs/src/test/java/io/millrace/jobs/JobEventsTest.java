package io.millrace.jobs;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.Order;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

import io.millrace.jobs.JobStatus.State;
import io.millrace.jobs.sample.BakeBread;
import io.millrace.jobs.sample.BakeBreadHandler;
import io.millrace.jobs.sample.CallUpstream;
import io.millrace.jobs.sample.CallUpstreamHandler;
import io.millrace.jobs.sample.RingBell;
import io.millrace.jobs.sample.ShipOrder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What listeners are told of jobs, in a service with a worker. */
@DirtiesContext
@Import(JobEventsTest.Listeners.class)
@TestPropertySource(properties = {"millrace.jobs.types.bake-bread.time-limit=PT0.2S",
        "millrace.jobs.types.bake-bread.max-attempts=1"})
@ExtendWith(OutputCaptureExtension.class)
class JobEventsTest extends EmbeddedEngine {

    private static final String SHIPPED = "SUCCEEDED ship-order in shipping";

    @Autowired
    HeardEvents heard;
    @Autowired
    JobSchedules schedules;
    @Autowired
    SharedEnqueue shared;
    @Autowired
    Clock clock;
    @Autowired
    PlatformTransactionManager manager;
    @Autowired
    TransactionTemplate transactions;
    @Autowired
    CallUpstreamHandler upstream;
    @Autowired
    BakeBreadHandler oven;

    @BeforeEach
    void forgetWhatWas() {
        heard.forget();
    }

    @Test
    void tellOfAJobFromItsCommitToItsEnd() {
        orders.place(1, "somewhere");

        assertThat(heard.await(SHIPPED, 1)).filteredOn(JobEventsTest::isOfShipping).containsExactlyInAnyOrder(
                "enqueued 1 ship-order in shipping",
                "started ship-order in shipping", SHIPPED);
        assertThat(heard.times()).allMatch(time -> !time.isNegative() && time.compareTo(Duration.ofMinutes(1)) < 0);
    }

    @Test
    void tellOfRetriesAndOfWhatFailsForGood() {
        queue.enqueue(new ShipOrder(2, "at the second ring"));
        assertThat(heard.await(SHIPPED, 1)).filteredOn(JobEventsTest::isOfShipping).containsExactlyInAnyOrder(
                "enqueued 1 ship-order in shipping",
                "started ship-order in shipping", "RETRIED ship-order in shipping", "started ship-order in shipping",
                SHIPPED);
        heard.forget();

        queue.enqueue(new ShipOrder(3, "no such street"));

        assertThat(heard.await("FAILED ship-order in shipping", 1)).filteredOn(JobEventsTest::isOfShipping).hasSize(3);
    }

    @Test
    void tellOfWhatIsPutOff() {
        queue.enqueue(new CallUpstream(4, "slow down"));
        heard.await("POSTPONED call-upstream in upstream", 1);

        upstream.mend(4);

        assertThat(heard.await("SUCCEEDED call-upstream in upstream", 1))
                .doesNotContain("RETRIED call-upstream in upstream", "FAILED call-upstream in upstream");
    }

    @Test
    void tellOfWhatWasCancelledWhileItRan() {
        var id = queue.enqueue(new ShipOrder(5, "rings until opened"));
        await(id, State.PROCESSING);
        heard.await("started ship-order in shipping", 1);

        queue.cancel(id);

        assertThat(heard.await("CANCELLED ship-order in shipping", 1)).filteredOn(JobEventsTest::isOfShipping)
                .hasSize(3);
    }

    @Test
    void tellOfWhatTookTooLong() {
        oven.close();
        queue.enqueue(new BakeBread(6, BakeBread.STOPS_THE_BAKER));

        assertThat(heard.await("FAILED bake-bread in bakery", 1)).contains("timed out bake-bread in bakery");
        oven.open();
    }

    @Test
    void areNotToldOfWhatWasRolledBack() {
        transactions.executeWithoutResult(status -> {
            queue.enqueue(new ShipOrder(7, "never"));
            status.setRollbackOnly();
        });
        var nested = new TransactionTemplate(manager);
        nested.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
        transactions.executeWithoutResult(_ -> {
            nested.executeWithoutResult(status -> {
                queue.enqueue(new ShipOrder(8, "never"));
                status.setRollbackOnly();
            });
            // More than one statement of them is written when the last is refused.
            var refused = Stream.concat(IntStream.range(0, 1_500).mapToObj(number -> job(number + 1, null)),
                    Stream.of(job(-1, null)));
            assertThatThrownBy(() -> queue.enqueueAllWith(refused)).isInstanceOf(RefusedInBulk.class);
            queue.enqueue(new RingBell(1));
        });

        assertThat(heard.await("SUCCEEDED ring-bell in bell", 1)).contains("enqueued 1 ring-bell in bell")
                .noneMatch(event -> event.contains("ship-order"));
    }

    @Test
    void countManyThatAreEnqueuedTogetherAndNoneThatWasThere() {
        var there = new NewJob(new RingBell(2), EnqueueOptions.DEFAULTS.withId(UUID.randomUUID()).withQueue("aside"));
        queue.enqueue(there.job(), there.options());
        heard.await("SUCCEEDED ring-bell in aside", 1);
        heard.forget();

        queue.enqueue(there.job(), there.options());
        queue.enqueueAllWith(Stream.of(there, job(9, null), job(10, null)));
        queue.enqueueAllWith(Stream.of(job(11, null), job(12, "aside")));

        assertThat(heard.await(SHIPPED, 3)).contains("enqueued 2 ship-order in shipping",
                "enqueued 1 ship-order in aside").noneMatch(event -> event.contains("ring-bell"));
    }

    @Test
    void tellOfJobsThatComeByOtherWays() {
        shared.tryEnqueue("ring-bell", "{\"number\": 3}", EnqueueOptions.DEFAULTS);
        schedules.put("bells", new RingBell(4), ScheduleOptions.every(Duration.ofSeconds(1)).withQueue("scheduled"));
        var later = EnqueueOptions.DEFAULTS.withQueue("replaced").withRunAt(clock.instant().plus(Duration.ofDays(1)))
                .withUniqueKey(
                        UniqueKey.whileWaiting("five").withPolicy(UniqueKey.Policy.REPLACE));
        queue.enqueue(new RingBell(5), later);
        queue.enqueue(new RingBell(5), later);

        var events = heard.await("enqueued 1 ring-bell in scheduled", 1);
        schedules.delete("bells");

        assertThat(events).contains("enqueued 1 ring-bell in bell")
                .filteredOn("enqueued 1 ring-bell in replaced"::equals).hasSize(1);
    }

    @Test
    void tellOfFetchesCommitsAndWakeUps() {
        queue.enqueue(new RingBell(6));

        Awaitility.await().untilAsserted(() -> assertThat(heard.others()).contains("wake-up sent", "wake-up received",
                "fetched some", "committed"));
    }

    @Test
    void loseNothingForAListenerThatThrowsWhichIsLoggedOnce(CapturedOutput log) {
        transactions.executeWithoutResult(_ -> List.of(7, 8, 9).forEach(bell -> queue.enqueue(new RingBell(bell))));

        heard.await("SUCCEEDED ring-bell in bell", 3);

        assertThat(log.getAll().split(Throwing.class.getName() + " failed at an event", -1).length)
                .as("once before these tests or in them").isLessThanOrEqualTo(2);
        assertThat(Throwing.calls).isGreaterThanOrEqualTo(6);
    }

    /** What another test has scheduled may still ring. */
    private static boolean isOfShipping(String event) {
        return event.endsWith(" ship-order in shipping");
    }

    private static NewJob job(int number, @Nullable String queue) {
        return new NewJob(new ShipOrder(number, "somewhere"),
                queue == null ? EnqueueOptions.DEFAULTS : EnqueueOptions.DEFAULTS.withQueue(queue));
    }

    /** The one that throws is told first. */
    @TestConfiguration(proxyBeanMethods = false)
    static class Listeners {

        @Bean
        @Order(1)
        Throwing throwing() {
            return new Throwing();
        }

        @Bean
        @Order(2)
        HeardEvents heardEvents() {
            return new HeardEvents();
        }
    }

    /** Throws whatever it is told of runs. */
    static final class Throwing implements JobEvents {

        private static volatile int calls;

        @Override
        public void started(String type, String queue, Duration waited) {
            fail();
        }

        @Override
        public void ended(String type, String queue, Outcome outcome, Duration ran) {
            fail();
        }

        @SuppressWarnings("NonAtomicVolatileUpdate") // whether it is many
        private static void fail() {
            calls++;
            throw new AssertionError("as if");
        }
    }
}
