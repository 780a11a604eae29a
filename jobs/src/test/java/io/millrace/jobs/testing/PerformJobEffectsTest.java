package io.millrace.jobs.testing;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonIgnore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.millrace.jobs.Effect;
import io.millrace.jobs.Job;
import io.millrace.jobs.JobHandler;
import io.millrace.jobs.JobType;
import io.millrace.jobs.NothingHappened;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class PerformJobEffectsTest {

    private final List<Effect> calls = new ArrayList<>();

    @Test
    void calculatesTheKeysThatTheEngineDoes() throws Exception {
        JobHandler<Post, @Nullable Void> handler = (job, execution) -> {
            execution.effects().once("post", calls::add);
            execution.effects().once("post", calls::add);
            return null;
        };
        var attempt = PerformJob.with(handler);

        attempt.run(new Post());

        assertThat(calls).containsExactly(Effect.of(attempt.jobId(), "post", false));
        assertThat(attempt.effectsDone()).containsExactly("post");
        assertThat(attempt.effectsInDoubt()).isEmpty();
    }

    @Test
    void findsWhatEarlierAttemptsHaveLeft() throws Exception {
        JobHandler<Post, @Nullable Void> handler = (job, execution) -> {
            assertThat(execution.effects().once("stamp", Stamp.class, _ -> new Stamp("new", null)))
                    .isEqualTo(new Stamp("old", null));
            execution.effects().once("post", calls::add);
            execution.effects().once("ring", calls::add);
            return null;
        };

        var attempt = PerformJob.with(handler).withEffectDone("stamp", new Stamp("old", null)).withEffectDone("ring")
                .withEffectInDoubt("post");
        attempt.as(attempt.jobId(), 2).run(new Post());

        assertThat(calls).containsExactly(Effect.of(attempt.jobId(), "post", true));
    }

    @Test
    void leavesInDoubtWhatThrewUnlessNothingHappened() {
        var failed = PerformJob.with(throwing(new IOException("no answer")));
        var surely = PerformJob.with(throwing(new NothingHappened(new IOException("no line"))));
        var again = surely.withEffectInDoubt("post");

        assertThatExceptionOfType(IOException.class).isThrownBy(() -> failed.run(new Post())).withMessage("no answer");
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> surely.run(new Post())).withMessage("no line");
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> again.run(new Post())).withMessage("no line");

        assertThat(failed.effectsInDoubt()).containsExactly("post");
        assertThat(surely.effectsInDoubt()).isEmpty();
        assertThat(again.effectsInDoubt()).containsExactly("post");
    }

    @Test
    void failsForAValueThatDoesNotSurviveJsonOrIsTooLarge() {
        JobHandler<Post, @Nullable Void> forgetful = (job, execution) -> {
            execution.effects().once("stamp", Stamp.class, _ -> new Stamp("kept", "lost"));
            return null;
        };
        JobHandler<Post, @Nullable Void> large = (job, execution) -> {
            execution.effects().once("stamp", String.class, _ -> "x".repeat(1024 * 1024));
            return null;
        };

        assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> PerformJob.with(forgetful).run(new Post()))
                .withMessageContaining("the value of effect 'stamp' does not survive JSON");
        assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> PerformJob.with(large).run(new Post()))
                .withMessageContaining("is 1048578 bytes of JSON, more than 1048576");
    }

    @Test
    void refusesWhatTheEngineRefuses() {
        JobHandler<Post, @Nullable Void> nameless = (job, execution) -> {
            execution.effects().once("", calls::add);
            return null;
        };
        JobHandler<Post, @Nullable Void> twiceAtOnce = (job, execution) -> {
            execution.effects().once("post", _ -> execution.effects().once("post", calls::add));
            return null;
        };
        var told = PerformJob.with(throwing(new IOException("not called")));
        told.cancel();

        assertThatIllegalArgumentException().isThrownBy(() -> PerformJob.with(nameless).run(new Post()));
        assertThatIllegalStateException().isThrownBy(() -> PerformJob.with(twiceAtOnce).run(new Post()))
                .withMessageContaining("is under way already");
        assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> told.run(new Post()));
        assertThat(calls).isEmpty();
    }

    private JobHandler<Post, @Nullable Void> throwing(Exception thrown) {
        return (job, execution) -> {
            execution.effects().once("post", _ -> {
                throw thrown;
            });
            return null;
        };
    }

    @JobType(name = "post")
    record Post() implements Job<Void> {
    }

    record Stamp(String kept, @JsonIgnore @Nullable String lost) {
    }
}
