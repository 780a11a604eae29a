package io.millrace.worker.http;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import io.millrace.core.http.DeliverWebhook;
import io.millrace.core.http.HttpCall.Method;
import io.millrace.core.http.HttpTarget;
import io.millrace.jobs.JobExecution;
import io.millrace.jobs.JobHandler;
import io.millrace.jobs.JobPayloads;
import io.millrace.jobs.PermanentFailure;
import io.millrace.jobs.RetryPolicy;

/** Tells a service that a job has ended. Redirects are not followed: whoever moves says so where the webhook is registered. */
@Component
final class DeliverWebhookHandler implements JobHandler<DeliverWebhook, @Nullable Void> {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final int GONE = 410;

    private final CallServices services;
    private final HttpCallSettings settings;
    private final JobPayloads json;
    private final Clock clock;

    DeliverWebhookHandler(CallServices services, HttpCallSettings settings, JobPayloads json, Clock clock) {
        this.services = services;
        this.settings = settings;
        this.json = json;
        this.clock = clock;
    }

    @Override
    public @Nullable Void handle(DeliverWebhook job, JobExecution execution) throws Exception {
        var body = json.write(new Event(job.type(), job.timestamp(), job.data()));
        var answer = services.call(execution.id(),
                new OutgoingRequest(target(job), Method.POST, Map.of(), body, true), TIMEOUT, 0);
        if (answer.isSuccess()) {
            return null;
        }
        var said = answer.from() + " answered " + answer.status();
        if (answer.status() == GONE) {
            throw new PermanentFailure(said);
        }
        throw new CalledInVain(said, answer.retryAfter(clock, settings.longestRetryAfter()).orElse(null));
    }

    private static HttpTarget target(DeliverWebhook job) {
        try {
            return HttpTarget.of(job.url());
        } catch (IllegalArgumentException e) {
            throw new PermanentFailure("the webhook's address " + e.getMessage());
        }
    }

    @Override
    public RetryPolicy retryPolicy() {
        return CalledInVain.policy();
    }

    /** The body, in the order in which the standard names its fields. */
    private record Event(String type, Instant timestamp, DeliverWebhook.Ended data) {
    }
}
