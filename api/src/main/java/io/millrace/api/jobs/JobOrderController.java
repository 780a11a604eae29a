package io.millrace.api.jobs;

import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import io.millrace.api.http.Caller;
import io.millrace.api.http.Needs;
import io.millrace.api.http.ProblemException;
import io.millrace.api.http.Scope;
import io.millrace.api.paging.Paging;
import io.millrace.jobs.CannotRetry;
import io.millrace.jobs.FailedJobs;
import io.millrace.jobs.JobQueue;
import io.millrace.jobs.JobStatus;

/** What callers may have done with jobs that are there: end them, put them back. */
@RestController
final class JobOrderController {

    private final AllowedJobs allowed;
    private final JobQueue jobQueue;
    private final int mostAtOnce;

    JobOrderController(AllowedJobs allowed, JobQueue jobQueue, JobsSettings settings) {
        this.allowed = allowed;
        this.jobQueue = jobQueue;
        this.mostAtOnce = settings.maxRetried();
    }

    /** Its handler, if it runs, is told to stop within a second; the job is DELETED at once. */
    @Needs(Scope.ENQUEUE)
    @DeleteMapping(path = "/jobs/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void cancel(@PathVariable UUID id, Caller caller) {
        allowed.check(caller, existing(id));
        if (!jobQueue.cancel(id)) {
            JobStatus job = existing(id);
            throw ProblemException.conflict("job-ended", "The job has ended",
                    "The job is " + job.state() + "; only one that waits or runs can be cancelled.", List.of());
        }
    }

    @Needs(Scope.ENQUEUE)
    @PostMapping(path = "/jobs/{id}/retry", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<JobView> retry(@PathVariable UUID id, Caller caller) {
        allowed.check(caller, existing(id));
        try {
            jobQueue.retry(id);
        } catch (CannotRetry e) {
            throw switch (e.reason()) {
                case UNKNOWN -> JobController.noSuchJob();
                case NOT_FAILED -> ProblemException.conflict("job-not-failed", "The job has not failed",
                        "Only a job that is FAILED can be put back.", List.of());
                case UNREADABLE -> ProblemException.conflict("job-unreadable", "The job cannot be read",
                        "What is stored of the job cannot be read, so no attempt can succeed.", List.of());
            };
        }
        JobStatus job = existing(id);
        return ResponseEntity.accepted().body(JobView.of(job, null));
    }

    /** Those that failed first before the others; called again, it goes on with the next. */
    @Needs(Scope.OPERATE)
    @PostMapping(path = "/jobs/retry", produces = MediaType.APPLICATION_JSON_VALUE)
    RetriedView retryAll(@RequestParam(required = false) @Nullable String type,
            @RequestParam(required = false) @Nullable String queue,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(defaultValue = "false") String dryRun, Caller caller) {
        var which = FailedJobs.ALL.withType(JobListController.name("type", type))
                .withQueue(JobListController.name("queue", queue))
                .withLimit(Paging.limit(limit, mostAtOnce, mostAtOnce));
        allowed.checkAll(caller, which.type(), which.queue());
        boolean dry = isTrue(dryRun);
        return RetriedView.of(dry ? jobQueue.retryAllDryRun(which) : jobQueue.retryAll(which), dry);
    }

    private JobStatus existing(UUID id) {
        return jobQueue.find(id).orElseThrow(JobController::noSuchJob);
    }

    private static boolean isTrue(String dryRun) {
        if (!dryRun.equals("true") && !dryRun.equals("false")) {
            throw ProblemException.invalid("dryRun", "must be true or false");
        }
        return dryRun.equals("true");
    }
}
