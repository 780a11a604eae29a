package io.millrace.api.jobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.UUID;
import java.util.stream.StreamSupport;
import jakarta.validation.Validator;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import io.millrace.api.http.Caller;
import io.millrace.api.http.FieldError;
import io.millrace.api.http.UnreadableJson;
import io.millrace.jobs.JobCatalog;
import io.millrace.jobs.JobQueue;
import io.millrace.jobs.NewJob;
import io.millrace.jobs.RefusedInBulk;

/** Queues all jobs of a body or none, and says which of its lines are wrong. */
@Component
final class EnqueueBulk {

    /** What a job has beside its payload, and the space between its tokens. */
    private static final int BESIDE_THE_PAYLOAD = 16 * 1024;

    private final AllowedJobs allowed;
    private final JobQueue jobQueue;
    private final JobCatalog catalog;
    private final JsonMapper json;
    private final Validator validator;
    private final JobsSettings settings;
    private final Clock clock;

    EnqueueBulk(AllowedJobs allowed, JobQueue jobQueue, JobCatalog catalog, JsonMapper json, Validator validator,
            JobsSettings settings,
            Clock clock) {
        this.allowed = allowed;
        this.jobQueue = jobQueue;
        this.catalog = catalog;
        this.json = json;
        this.validator = validator;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * The ids of the jobs in the body's order.
     *
     * @throws io.millrace.api.http.ProblemException
     *             if one of them cannot be queued
     */
    List<UUID> enqueue(SpooledBody body, boolean isArray, Caller caller) throws IOException {
        int longest = (int) Math.min(Integer.MAX_VALUE / 2, settings.maxPayload().toBytes() * 2 + BESIDE_THE_PAYLOAD);
        try (var items = isArray ? new ArrayItems(body.read(), longest) : new BulkItems.Lines(body.read(), longest)) {
            return enqueue(new BulkLines(items, settings.maxBulkJobs(), item -> read(item, caller)));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private List<UUID> enqueue(BulkLines lines) {
        try {
            return jobQueue.enqueueAllWith(StreamSupport
                    .stream(Spliterators.spliteratorUnknownSize(lines, Spliterator.ORDERED), false));
        } catch (RefusedInBulk e) {
            throw lines.refused(Refusal.of(e.getCause() instanceof IllegalArgumentException cause ? cause : e));
        }
    }

    /**
     * One of them.
     *
     * @throws Refused
     *             if it can be none
     */
    private NewJob read(byte @Nullable [] item, Caller caller) {
        if (item == null) {
            throw new Refused(Refusal.payloadTooLarge(settings.maxPayload().toBytes()));
        }
        try {
            var job = json.readValue(item, io.millrace.api.jobs.NewJob.class);
            if (job == null) {
                throw new Refused(Refusal.invalid(List.of(new FieldError("", "must be an object"))));
            }
            var broken = validator.validate(job).stream()
                    .map(error -> new FieldError(error.getPropertyPath().toString(), error.getMessage())).toList();
            if (!broken.isEmpty()) {
                throw new Refused(Refusal.invalid(broken));
            }
            if (job.payloadBytes() > settings.maxPayload().toBytes()) {
                throw new Refused(Refusal.payloadTooLarge(settings.maxPayload().toBytes()));
            }
            if (job.uniqueKey() != null) {
                throw new Refused(Refusal.invalid(
                        List.of(new FieldError("uniqueKey", "cannot be given to one job of many"))));
            }
            allowed.check(caller, job.type(), job.queue());
            if (job.webhook() != null) {
                throw new Refused(Refusal.invalid(
                        List.of(new FieldError("webhook", "cannot be given to one job of many"))));
            }
            return new NewJob(catalog.read(job.type(), job.payload().toString()), job.options(clock, caller.key()));
        } catch (JacksonException e) {
            throw new Refused(Refusal.invalid(List.of(UnreadableJson.explain(e))));
        } catch (IllegalArgumentException e) {
            throw new Refused(Refusal.of(e));
        }
    }

    /** One line that is wrong. */
    static final class Refused extends RuntimeException {

        private static final long serialVersionUID = 1;

        private final transient Refusal refusal;

        Refused(Refusal refusal) {
            super(null, null, false, false);
            this.refusal = refusal;
        }

        Refusal refusal() {
            return refusal;
        }
    }
}
