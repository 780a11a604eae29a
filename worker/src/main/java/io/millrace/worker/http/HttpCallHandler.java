package io.millrace.worker.http;

import java.time.Clock;
import java.time.Duration;

import org.springframework.stereotype.Component;

import io.millrace.core.http.HttpCall;
import io.millrace.core.http.HttpTarget;
import io.millrace.jobs.JobExecution;
import io.millrace.jobs.JobHandler;
import io.millrace.jobs.PermanentFailure;
import io.millrace.jobs.RetryPolicy;

/** Calls a service's own URL, and answers what that has answered. */
@Component
final class HttpCallHandler implements JobHandler<HttpCall, HttpCall.Answered> {

    private final CallServices services;
    private final HttpCallSettings settings;
    private final Clock clock;

    HttpCallHandler(CallServices services, HttpCallSettings settings, Clock clock) {
        this.services = services;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public HttpCall.Answered handle(HttpCall job, JobExecution execution) throws Exception {
        var began = clock.instant();
        var request = new OutgoingRequest(HttpTarget.of(job.url()), job.methodOrPost(), job.headersOrNone(),
                job.body() == null ? null : job.body().toString(), true);
        var answer = services.call(execution.id(), request, job.timeoutOrUsual(), settings.maxRedirects());
        if (answer.isSuccess()) {
            return new HttpCall.Answered(answer.status(), AnswerBody.typeOf(answer), AnswerBody.of(answer),
                    answer.truncated(), Duration.between(began, clock.instant()));
        }
        var said = answer.from() + " answered " + answer.status();
        if (answer.isForNow()) {
            throw new CalledInVain(said, answer.retryAfter(clock, settings.longestRetryAfter()).orElse(null));
        }
        throw new PermanentFailure(said);
    }

    @Override
    public RetryPolicy retryPolicy() {
        return CalledInVain.policy();
    }
}
