package io.millrace.jobs.sample;

import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import io.millrace.jobs.JobExecution;
import io.millrace.jobs.JobHandler;
import io.millrace.jobs.PermanentFailure;
import io.millrace.jobs.RetryDelay;
import io.millrace.jobs.RetryPolicy;
import io.millrace.jobs.TryAgainLater;

/** Fails as the upstream answers, each answer with a policy of its own. */
@Component
public class CallUpstreamHandler implements JobHandler<CallUpstream, CallUpstream.Answer> {

    private final JdbcClient jdbc;
    private final Map<Integer, List<Integer>> attempts = new ConcurrentHashMap<>();
    private final Set<Integer> mended = ConcurrentHashMap.newKeySet();

    CallUpstreamHandler(JdbcClient jdbc) {
        this.jdbc = jdbc;
        jdbc.sql("create table if not exists calls (number int)").update();
    }

    @Override
    public RetryPolicy retryPolicy() {
        return RetryPolicy.ofType().on(Busy.class, (busy, _) -> busy.retryAfter())
                .on(ConnectException.class, RetryDelay.never())
                .on(Odd.class, (_, _) -> {
                    throw new AssertionError("a policy with a mistake");
                });
    }

    @Override
    @Transactional
    public CallUpstream.Answer handle(CallUpstream job, JobExecution execution) {
        var sofar = attempts.computeIfAbsent(job.number(), _ -> new CopyOnWriteArrayList<>());
        sofar.add(execution.attempt());
        jdbc.sql("insert into calls (number) values (?)").param(job.number()).update();
        execution.progress(1, 2);
        execution.log("called");
        if (mended.contains(job.number())) {
            return new CallUpstream.Answer(execution.attempt());
        }
        throw switch (job.answer()) {
            case "slow down" -> new TryAgainLater(Duration.ofMillis(1), "rate limited");
            case "slow down, within" -> new IllegalStateException(new TryAgainLater(Duration.ofMillis(1)));
            case "stop" -> new PermanentFailure("told to stop", new TryAgainLater(Duration.ofMillis(1)));
            case "tomorrow" -> new TryAgainLater(Duration.ofDays(1));
            case "busy" -> new Busy();
            case "nobody there" -> new UncheckedIOException(new ConnectException("refused"));
            case "odd" -> new Odd();
            default -> new IllegalStateException(job.answer());
        };
    }

    /** How many of its calls have been committed. */
    public int calls(int number) {
        return jdbc.sql("select count(*) from calls where number = ?").param(number).query(Integer.class).single();
    }

    /** From now on the call succeeds. */
    public void mend(int number) {
        mended.add(number);
    }

    /** The numbers of its attempts, one for each time it ran. */
    public List<Integer> attempts(int number) {
        return attempts.getOrDefault(number, List.of());
    }

    /** Says when to come back. */
    public static class Busy extends RuntimeException {

        private static final long serialVersionUID = 1;

        Duration retryAfter() {
            return Duration.ofHours(5);
        }
    }

    /** Of which the policy knows nothing good. */
    public static class Odd extends RuntimeException {

        private static final long serialVersionUID = 1;
    }
}
