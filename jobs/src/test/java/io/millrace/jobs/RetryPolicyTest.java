package io.millrace.jobs;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import io.millrace.jobs.JobStatus.State;
import io.millrace.jobs.sample.CallUpstream;
import io.millrace.jobs.sample.CallUpstreamHandler;
import io.millrace.jobs.sample.ShipOrder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** When a job is tried again, by what its handler threw. */
class RetryPolicyTest extends EmbeddedEngine {

    private static final Duration OF_TYPE = Duration.ofSeconds(77);

    @Autowired
    CallUpstreamHandler handler;
    @Autowired
    Clock clock;

    @Test
    void followsTheRuleOfTheNearestClass() {
        var policy = RetryPolicy.ofType().on(IOException.class, seconds(1)).on(FileSystemException.class, seconds(2))
                .on(RuntimeException.class, RetryDelay.never());

        assertThat(policy.waitAfter(new IOException(), 1, OF_TYPE)).isEqualTo(Duration.ofSeconds(1));
        assertThat(policy.waitAfter(new FileNotFoundException(), 1, OF_TYPE)).isEqualTo(Duration.ofSeconds(1));
        assertThat(policy.waitAfter(new NoSuchFileException("x"), 1, OF_TYPE)).isEqualTo(Duration.ofSeconds(2));
        assertThat(policy.waitAfter(new IllegalStateException(), 1, OF_TYPE)).isNull();
        assertThat(policy.waitAfter(new InterruptedException(), 1, OF_TYPE)).isEqualTo(OF_TYPE);
    }

    @Test
    void looksThroughAnExceptionWithoutARuleAtItsCause() {
        var policy = RetryPolicy.ofType().on(IOException.class, seconds(1)).on(StackOverflowError.class, seconds(2));

        assertThat(policy.waitAfter(new UncheckedIOException(new IOException()), 1, OF_TYPE))
                .isEqualTo(Duration.ofSeconds(1));
        assertThat(policy.waitAfter(new IllegalStateException(new StackOverflowError()), 1, OF_TYPE))
                .isEqualTo(Duration.ofSeconds(2));
        assertThat(policy.on(UncheckedIOException.class, seconds(3))
                .waitAfter(new UncheckedIOException(new IOException()), 1, OF_TYPE)).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void endsWhereCausesGoInACircle() {
        var one = new IllegalStateException();
        one.initCause(new IllegalArgumentException(one));

        assertThat(RetryPolicy.ofType().on(IOException.class, seconds(1)).waitAfter(one, 1, OF_TYPE))
                .isEqualTo(OF_TYPE);
    }

    @Test
    void asksForTheRestAFunctionOfTheFailureAndTheAttempt() {
        var policy = RetryPolicy.ofType().on(IOException.class, RetryDelay.never())
                .otherwise((failure, attempt) -> failure instanceof IllegalStateException
                        ? Duration.ofMinutes(attempt)
                        : null);

        assertThat(policy.waitAfter(new IllegalStateException(), 4, OF_TYPE)).isEqualTo(Duration.ofMinutes(4));
        assertThat(policy.waitAfter(new IllegalArgumentException(), 4, OF_TYPE)).isNull();
    }

    @Test
    void waitsAsTheTypeSaysButNotBeforeATimeThatTheFailureTells() {
        var policy = RetryPolicy.ofType().notBefore(IOException.class, seconds(78))
                .notBefore(IllegalStateException.class, seconds(76))
                .notBefore(IllegalArgumentException.class, RetryDelay.never());

        assertThat(policy.waitAfter(new IOException(), 1, OF_TYPE)).isEqualTo(Duration.ofSeconds(78));
        assertThat(policy.waitAfter(new IllegalStateException(), 1, OF_TYPE)).isEqualTo(OF_TYPE);
        assertThat(policy.waitAfter(new IllegalArgumentException(), 1, OF_TYPE)).isEqualTo(OF_TYPE);
        assertThatIllegalArgumentException().isThrownBy(() -> policy.on(IOException.class, seconds(1)));
    }

    @Test
    void givesAFailureFewerAttempts() {
        RetryDelay<Throwable> delay = seconds(1).upTo(3);

        assertThat(delay.after(new IOException(), 2)).isEqualTo(Duration.ofSeconds(1));
        assertThat(delay.after(new IOException(), 3)).isNull();
    }

    @Test
    void doublesWaits() {
        var delay = RetryDelay.exponential(Duration.ofSeconds(1), Duration.ofSeconds(10));

        assertThat(delay.after(new IOException(), 3)).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(4));
        assertThat(delay.after(new IOException(), 30)).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(10));
    }

    @Test
    void refusesWhatMakesNoSense() {
        var policy = RetryPolicy.ofType().on(IOException.class, seconds(-1)).otherwise(seconds(86_400 * 3_651));

        assertThatIllegalArgumentException().isThrownBy(() -> policy.on(IOException.class, seconds(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> policy.otherwise(seconds(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> seconds(1).upTo(0));
        assertThatIllegalStateException().isThrownBy(() -> policy.waitAfter(new IOException(), 1, OF_TYPE));
        assertThatIllegalStateException().isThrownBy(() -> policy.waitAfter(new InterruptedException(), 1, OF_TYPE));
    }

    @Test
    void letsTheUpstreamSayWhenToComeBack() {
        var id = queue.enqueue(new CallUpstream(1, "busy"));

        var waiting = await(id, State.SCHEDULED);

        assertThat(waiting.attempt()).isEqualTo(1);
        assertThat(Duration.between(clock.instant(), waiting.scheduledAt())).isBetween(Duration.ofHours(4),
                Duration.ofHours(5));
    }

    @Test
    void failsAtOnceForACauseThatIsFinal() {
        var failed = await(queue.enqueue(new CallUpstream(2, "nobody there")), State.FAILED);

        assertThat(failed.attempt()).isEqualTo(1);
    }

    @Test
    void triesAgainAsTheTypeSaysWhereThePolicyItselfFails() {
        var failed = await(queue.enqueue(new CallUpstream(3, "odd")), State.FAILED);

        assertThat(failed.attempt()).isEqualTo(3);
        assertThat(handler.attempts(3)).containsExactly(1, 2, 3);
    }

    @Test
    void refusesToStartWithAHandlerWhosePolicyFails() {
        var types = new JobTypes(List.of("io.millrace.jobs.sample"), new JobsProperties("millrace_jobs", List.of(),
                Duration.ofHours(24), Duration.ofHours(24), true, Map.of()));

        assertThatIllegalStateException().isThrownBy(() -> new JobHandlers(List.of(new Careless()), types))
                .withMessageContainingAll(Careless.class.getName(), "retry policy", "two rules");
    }

    private static RetryDelay<Throwable> seconds(int seconds) {
        return (_, _) -> Duration.ofSeconds(seconds);
    }

    private static final class Careless implements JobHandler<ShipOrder, ShipOrder.Shipped> {

        @Override
        public RetryPolicy retryPolicy() {
            return RetryPolicy.ofType().otherwise(seconds(1)).otherwise(seconds(2));
        }

        @Override
        public ShipOrder.Shipped handle(ShipOrder job, JobExecution execution) {
            return new ShipOrder.Shipped(job.orderId(), 1);
        }
    }
}
