package io.millrace.api.jobs;

import java.time.Duration;
import java.util.List;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

import io.millrace.api.http.Needs;
import io.millrace.api.http.Scope;
import io.millrace.jobs.JobCatalog;
import io.millrace.jobs.JobTypeDescription;

/** The job types that can be queued, and what their payloads have to be. */
@RestController
final class JobTypeController {

    private final List<JobTypeView> types;

    JobTypeController(JobCatalog catalog) {
        this.types = catalog.all().stream().map(JobTypeView::of).toList();
    }

    @Needs(Scope.READ)
    @GetMapping(path = "/job-types", produces = MediaType.APPLICATION_JSON_VALUE)
    List<JobTypeView> list() {
        return types;
    }

    /**
     * One of them.
     *
     * @param schema
     *            JSON Schema, draft 2020-12, of the payload
     * @param timeout
     *            how long one attempt may take
     */
    record JobTypeView(String name, int version, JsonNode schema, String queue, int priority,
            RetryPolicyView retryPolicy,
            Duration timeout) {

        static JobTypeView of(JobTypeDescription type) {
            return new JobTypeView(type.name(), type.version(), type.payload(), type.queue(), type.priority(),
                    new RetryPolicyView(type.maxAttempts(), type.backOff(), type.maxBackOff()), type.timeLimit());
        }
    }

    /**
     * When a failed attempt is made again; a handler may say otherwise of some failures.
     *
     * @param maxAttempts
     *            in all, the first included
     * @param backOff
     *            the wait before the second, doubled with each further one
     * @param maxBackOff
     *            no wait is longer
     */
    record RetryPolicyView(int maxAttempts, Duration backOff, Duration maxBackOff) {
    }
}
