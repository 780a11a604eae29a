package io.millrace.jobs.testing;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.context.SmartLifecycle;

import io.millrace.jobs.Effect;
import io.millrace.jobs.EnqueueOptions;
import io.millrace.jobs.JobQueues;
import io.millrace.jobs.JobResults;
import io.millrace.jobs.JobStatus;
import io.millrace.jobs.JobStatus.Failure;
import io.millrace.jobs.JobStatus.State;
import io.millrace.jobs.RunWaitingJobs;
import io.millrace.jobs.sample.ChargeCard;
import io.millrace.jobs.sample.ChargeCardHandler;
import io.millrace.jobs.sample.CopyBook;
import io.millrace.jobs.sample.ShipOrder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.tuple;

class DrainQueueTest extends ServiceUnderTest {

    @Autowired
    RelayHandler relay;
    @Autowired
    ChargeCardHandler bank;
    @Autowired
    JobResults results;
    @Autowired
    JobQueues queues;
    @Autowired
    ApplicationContext service;

    @Test
    void runsWhatWaitsAndKeepsItsResult() {
        var id = orders.place(1, "somewhere");

        var ran = drain.drainAll();

        assertThat(ran).singleElement().satisfies(done -> {
            assertThat(done.id()).isEqualTo(id);
            assertThat(done.state()).isEqualTo(State.SUCCEEDED);
            assertThat(done.attempt()).isEqualTo(1);
            assertThat(done).isEqualTo(queue.find(id).orElseThrow());
        });
        assertThat(results.find(id).orElseThrow().json()).isEqualTo("{\"orderId\":1,\"attempt\":1}");
        assertThat(drain.drainAll()).isEmpty();
    }

    @Test
    void keepsProgressAndTheCheckpointForTheNextDrain() {
        var id = queue.enqueue(new CopyBook(1, CopyBook.TIRED_AT_PAGE_FIVE));
        assertThat(drain.drain(1)).singleElement()
                .satisfies(failed -> assertThat(failed.progress()).isEqualTo(new JobStatus.Progress(5, 10)));
        clock.advance(Duration.ofMinutes(1));

        assertThat(drain.drain(1)).singleElement()
                .satisfies(done -> assertThat(done.progress()).isEqualTo(new JobStatus.Progress(10, 10)));

        assertThat(results.find(id).orElseThrow().json()).contains("\"from\":5");
        assertThat(
                jdbc.sql("select text from millrace_jobs.job_log_lines where job_id = ? order by run, line").param(id)
                        .query(String.class).list())
                .hasSize(3).last().isEqualTo("done");
    }

    @Test
    void repeatsNoEffectThatIsDone() {
        var id = queue.enqueue(new ChargeCard(1, ChargeCard.TORN_RECEIPT_AT_FIRST, ""));
        assertThat(drain.drainAll()).extracting(JobStatus::state).containsExactly(State.SCHEDULED);
        clock.advance(Duration.ofMinutes(1));

        assertThat(drain.drainAll()).extracting(JobStatus::state).containsExactly(State.SUCCEEDED);

        assertThat(bank.calls(1)).containsExactly(Effect.of(id, "charge", false));
    }

    @Test
    void runsOnTheCallersThreadAndLeavesItAsItWas() {
        MDC.put("test", "mine");
        queue.enqueue(new Relay("a", 0));

        drain.drainAll();

        assertThat(relay.threads().getLast()).isEqualTo(Thread.currentThread());
        assertThat(MDC.getCopyOfContextMap()).containsEntry("test", "mine").doesNotContainKey("relay");
        MDC.clear();
    }

    /** What a job enqueues with a higher priority comes before what has been waiting. */
    @Test
    void startsWhatIsFirstAtThatTime() {
        var last = queue.enqueue(new Relay("c", 0));
        var second = queue.enqueue(new Relay("b", 0), EnqueueOptions.DEFAULTS.withPriority(2));
        var first = queue.enqueue(new Relay("a", 2), EnqueueOptions.DEFAULTS.withPriority(3));

        var ran = drain.drainAll();

        assertThat(ran).extracting(JobStatus::priority).containsExactly(3, 5, 5, 2, 0);
        assertThat(List.of(ran.get(0).id(), ran.get(3).id(), ran.get(4).id())).containsExactly(first, second, last);
    }

    @Test
    void leavesAFailedJobToItsBackOff() {
        var id = orders.place(2, "at the second ring");

        assertThat(drain.drainAll()).singleElement().satisfies(failed -> {
            assertThat(failed.state()).isEqualTo(State.SCHEDULED);
            assertThat(failed.error()).isEqualTo(new Failure("IllegalStateException", "nobody opened yet"));
            assertThat(failed.scheduledAt()).isAfter(failed.startedAt());
        });
        clock.set(Objects.requireNonNull(queue.find(id).orElseThrow().scheduledAt()).minusSeconds(60));
        assertThat(drain.drainAll()).isEmpty();

        clock.advance(Duration.ofSeconds(61));
        assertThat(drain.drainAll()).extracting(JobStatus::state, JobStatus::attempt)
                .containsExactly(tuple(State.SUCCEEDED, 2));
    }

    /** Its back-off is over long before the last of the others has run. */
    @Test
    void makesOneAttemptAtAJobHoweverLongItTakes() {
        var id = queue.enqueue(new ShipOrder(6, "at the second ring"), EnqueueOptions.DEFAULTS.withPriority(1));
        for (int i = 0; i < 60; i++) {
            queue.enqueue(new ShipOrder(10 + i, "around the corner"));
        }

        assertThat(drain.drainAll()).hasSize(61).filteredOn(ran -> ran.id().equals(id))
                .extracting(JobStatus::state).containsExactly(State.SCHEDULED);
    }

    @Test
    void showsWhyAJobFailedForGood() {
        orders.place(3, "no such street");

        assertThat(drain.drainAll()).extracting(JobStatus::state, JobStatus::error)
                .containsExactly(tuple(State.FAILED, new Failure("PermanentFailure", "the address does not exist")));
    }

    @Test
    void runsADelayedJobOnceItIsDue() {
        queue.enqueue(new ShipOrder(4, "later"),
                EnqueueOptions.DEFAULTS.withRunAt(clock.instant().plus(Duration.ofDays(3))));

        clock.advance(Duration.ofDays(3).minusMinutes(1));
        assertThat(drain.drainAll()).isEmpty();
        clock.advance(Duration.ofMinutes(2));
        assertThat(drain.drainAll()).extracting(JobStatus::state).containsExactly(State.SUCCEEDED);
    }

    @Test
    void leavesPausedQueuesAlone() {
        queue.enqueue(new ShipOrder(5, "somewhere"));
        queues.pause("shipping");

        assertThat(drain.drainAll()).isEmpty();

        queues.resume("shipping");
        assertThat(drain.drainAll()).hasSize(1);
    }

    @Test
    void runsLimitedJobsOneAfterTheOther() {
        var limited = EnqueueOptions.DEFAULTS.withConcurrencyLimit("tenant:1", 1);
        var ids = IntStream.range(0, 3).mapToObj(i -> queue.enqueue(new Relay("a", 0), limited)).toList();

        assertThat(drain.drainAll()).extracting(JobStatus::id).isEqualTo(ids);
    }

    @Test
    void runsNoMoreThanItIsAskedFor() {
        for (int i = 0; i < 3; i++) {
            queue.enqueue(new Relay("a", 0));
        }

        assertThat(drain.drain(2)).hasSize(2);
        assertThat(drain.drain(2)).hasSize(1);
        assertThat(drain.drain(0)).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> drain.drain(-1));
    }

    @Test
    void doesNotRunForEver() {
        queue.enqueue(new Relay("a", Integer.MAX_VALUE));

        assertThatExceptionOfType(AssertionError.class).isThrownBy(drain::drainAll)
                .withMessageContaining("after 1000 attempts").withMessageContaining("relay");
    }

    @Test
    void refusesATransactionWhoseJobsItWouldNotSee() {
        assertThatIllegalStateException()
                .isThrownBy(() -> transactions.executeWithoutResult(status -> drain.drainAll()))
                .withMessageContaining("in a transaction").withMessageContaining("EnqueuedJobs");
    }

    @Test
    void refusesToRunBesideAWorker() {
        var worker = service.getBean("jobWorker", SmartLifecycle.class);
        assertThat(worker.isRunning()).isFalse();
        worker.start();
        try {
            assertThatIllegalStateException().isThrownBy(drain::drainAll)
                    .withMessageContaining("millrace.jobs.worker.auto-start=false");
        } finally {
            worker.stop();
        }
    }

    @Test
    void saysWhatIsMissingWhereThereAreNoHandlers() {
        var without = new DrainQueue(new StaticListableBeanFactory().getBeanProvider(RunWaitingJobs.class));

        assertThatIllegalStateException().isThrownBy(without::drainAll)
                .withMessageContaining("millrace.jobs.worker.enabled=true");
    }
}
