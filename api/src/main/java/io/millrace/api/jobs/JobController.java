package io.millrace.api.jobs;

import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.UUID;
import jakarta.validation.Valid;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import io.millrace.api.http.Caller;
import io.millrace.api.http.Needs;
import io.millrace.api.http.ProblemException;
import io.millrace.api.http.Scope;
import io.millrace.jobs.JobQueue;
import io.millrace.jobs.JobResults;
import io.millrace.jobs.JobStatus;

@RestController
final class JobController {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    private final EnqueueJob enqueueJob;
    private final AwaitResult awaitResult;
    private final JobQueue jobQueue;
    private final JobResults results;

    JobController(EnqueueJob enqueueJob, AwaitResult awaitResult, JobQueue jobQueue, JobResults results) {
        this.enqueueJob = enqueueJob;
        this.awaitResult = awaitResult;
        this.jobQueue = jobQueue;
        this.results = results;
    }

    @Needs(Scope.ENQUEUE)
    @PostMapping(path = "/jobs", consumes = MediaType.APPLICATION_JSON_VALUE, produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<JobView> enqueue(@RequestHeader(name = IDEMPOTENCY_KEY, required = false) @Nullable String key,
            @Valid @RequestBody NewJob newJob, Caller caller) {
        if (key != null) {
            // A caller that repeats itself because it trusts in the header must not queue the job twice.
            throw ProblemException.invalid(IDEMPOTENCY_KEY, "is not supported yet, leave it out");
        }
        JobStatus job = enqueueJob.enqueue(newJob, caller);
        return ResponseEntity.accepted().location(URI.create("/jobs/" + job.id())).body(JobView.of(job, null));
    }

    @Needs(Scope.READ)
    @GetMapping(path = "/jobs/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
    JobView find(@PathVariable UUID id) {
        JobStatus job = jobQueue.find(id).orElseThrow(JobController::noSuchJob);
        return JobView.of(job, results.find(id).map(JobResults.JobResult::json).orElse(null));
    }

    @Needs(Scope.READ)
    @GetMapping(path = "/jobs/{id}/result", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<String> result(@PathVariable UUID id, @RequestParam(defaultValue = "PT0S") String wait)
            throws InterruptedException {
        return awaitResult.await(id, patience(wait)).map(result -> ResponseEntity.ok(result.json()))
                .orElseGet(() -> ResponseEntity.accepted().header(HttpHeaders.RETRY_AFTER, "1").build());
    }

    static ProblemException noSuchJob() {
        return ProblemException.notFound("No job has this id.");
    }

    private static Duration patience(String wait) {
        try {
            Duration patience = Duration.parse(wait);
            if (!patience.isNegative() && patience.compareTo(LONGEST_WAIT) <= 0) {
                return patience;
            }
        } catch (DateTimeException e) {
            throw ProblemException.invalid("wait", "must be an ISO 8601 duration such as PT30S");
        }
        throw ProblemException.invalid("wait", "must be from PT0S to " + LONGEST_WAIT);
    }
}
