package io.millrace.client;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** Asks for a result in rounds, in each of which the server holds its answer back, and holds no thread meanwhile. */
final class AwaitResult<R extends @Nullable Object> {

    /** Less than the server allows, and than proxies do. */
    private static final Duration LONGEST_ROUND = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Connection connection;
    private final JobJson json;
    private final JobRef<R> ref;
    private final Duration patience;
    private final Deadline deadline;
    private final CompletableFuture<R> result = new CompletableFuture<>();
    private volatile @Nullable CompletableFuture<?> round;

    AwaitResult(Connection connection, JobJson json, JobRef<R> ref, Duration patience) {
        this.connection = connection;
        this.json = json;
        this.ref = ref;
        this.patience = patience;
        this.deadline = new Deadline(patience);
    }

    CompletableFuture<R> begin() {
        connection.requireOpen();
        Futures.onEnd(result, (value, failure) -> cancelRound());
        var ending = connection.ending(result);
        ask();
        return ending;
    }

    private void ask() {
        if (result.isDone()) {
            return;
        }
        try {
            var left = deadline.left();
            var wait = left.compareTo(LONGEST_ROUND) < 0 ? Duration.ofMillis(left.toMillis()) : LONGEST_ROUND;
            var call = connection.call(connection.request(path() + "/result?wait=" + wait)).waiting(wait, deadline);
            var end = new Deadline(wait);
            Futures.onEnd(send(call), (answer, failure) -> settle(call, end, answer, failure));
        } catch (RuntimeException e) {
            result.completeExceptionally(e);
        }
    }

    private CompletableFuture<HttpResponse<String>> send(Call call) {
        var asked = connection.send(call);
        round = asked;
        if (result.isDone()) {
            asked.cancel(true);
        }
        return asked;
    }

    private void settle(Call call, Deadline end, @Nullable HttpResponse<String> answer, @Nullable Throwable failure) {
        if (answer == null) {
            result.completeExceptionally(Futures.known(failure));
            return;
        }
        try {
            switch (answer.statusCode()) {
                case 200 -> result.complete(json.result(answer.body(), ref.resultType()));
                case 202 -> again(end);
                case 410 -> gone(JobJson.problem(answer));
                default -> result.completeExceptionally(refusal(call, answer));
            }
        } catch (JacksonException e) {
            result.completeExceptionally(new MillraceException("the result of job " + ref.id() + " cannot be read as "
                    + ref.resultType().getTypeName(), null, e));
        } catch (RuntimeException e) {
            result.completeExceptionally(e);
        }
    }

    /** A server that stops answers before the end of the round; another one is not asked at once. */
    private void again(Deadline end) {
        var left = deadline.left();
        if (left.isZero()) {
            result.completeExceptionally(new NoResultYet(ref.id(), patience));
        } else if (end.left().isZero()) {
            ask();
        } else {
            var pause = left.compareTo(PAUSE) < 0 ? left : PAUSE;
            CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS).execute(this::ask);
        }
    }

    private MillraceException refusal(Call call, HttpResponse<String> answer) {
        var problem = JobJson.problem(answer);
        var error = JobJson.tree(answer.body()).path("error");
        if (problem.type().equals("/problems/job-failed")) {
            return new JobFailed(ref.id(), problem,
                    new Job.Failure(error.path("type").asString("unknown"),
                            error.path("message").asString(problem.detail())));
        }
        return JobJson.refusal(call, answer);
    }

    /** There will be no result; the job itself says why. */
    private void gone(Problem problem) {
        var call = connection.call(connection.request(path()));
        Futures.onEnd(send(call), (answer, failure) -> {
            if (answer == null) {
                result.completeExceptionally(Futures.known(failure));
            } else if (answer.statusCode() == 200 && json.job(answer.body()).state() == JobState.DELETED) {
                result.completeExceptionally(new JobCancelled(ref.id(), problem));
            } else {
                result.completeExceptionally(new ResultExpired(ref.id(), problem));
            }
        });
    }

    private String path() {
        return "/jobs/" + Connection.encode(ref.id());
    }

    private void cancelRound() {
        var last = round;
        if (last != null) {
            last.cancel(true);
        }
    }
}
