package io.millrace.example;

import java.net.ConnectException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;

import io.millrace.jobs.Job;
import io.millrace.jobs.JobHandler;
import io.millrace.jobs.PermanentFailure;
import io.millrace.jobs.RetryDelay;
import io.millrace.jobs.RetryPolicy;
import io.millrace.jobs.TryAgainLater;

/** Handlers that call somebody else's service: what its answers mean for the job. */
abstract class UpstreamHandler<J extends Job<R>, R> implements JobHandler<J, R> {

    @Override
    public RetryPolicy retryPolicy() {
        return RetryPolicy.ofType()
                .on(ConnectException.class, RetryDelay.exponential(Duration.ofSeconds(1), Duration.ofMinutes(5)))
                .on(HttpTimeoutException.class, (timeout, attempt) -> Duration.ofMinutes(attempt))
                .on(NumberFormatException.class, RetryDelay.never());
    }

    final void check(HttpResponse<?> answer) {
        switch (answer.statusCode()) {
            case 429 -> throw new TryAgainLater(
                    Duration.ofSeconds(answer.headers().firstValueAsLong("Retry-After").orElse(30)), "rate limited");
            case 404, 410 -> throw new PermanentFailure("there is no such thing any more");
            default -> {
                // Whatever else it is, the handler goes on.
            }
        }
    }
}
