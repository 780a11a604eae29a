package io.millrace.api.jobs;

import java.net.URI;
import java.util.UUID;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
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

    private final EnqueueJob enqueueJob;
    private final JobQueue jobQueue;
    private final JobResults results;

    JobController(EnqueueJob enqueueJob, JobQueue jobQueue, JobResults results) {
        this.enqueueJob = enqueueJob;
        this.jobQueue = jobQueue;
        this.results = results;
    }

    @Needs(Scope.ENQUEUE)
    @PostMapping(path = "/jobs", consumes = MediaType.APPLICATION_JSON_VALUE, produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<JobView> enqueue(HttpServletRequest request, Caller caller, @Valid @RequestBody NewJob newJob) {
        EnqueueJob.Queued queued = enqueueJob.enqueue(newJob, IdempotencyKeyHeader.of(request), caller);
        JobStatus job = queued.job();
        return ResponseEntity.status(queued.isNew() ? HttpStatus.ACCEPTED : HttpStatus.OK)
                .location(URI.create("/jobs/" + job.id())).body(JobView.of(job, null));
    }

    @Needs(Scope.READ)
    @GetMapping(path = "/jobs/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
    JobView find(@PathVariable UUID id) {
        JobStatus job = jobQueue.find(id).orElseThrow(JobController::noSuchJob);
        return JobView.of(job, results.find(id).map(JobResults.JobResult::json).orElse(null));
    }

    static ProblemException noSuchJob() {
        return ProblemException.notFound("No job has this id.");
    }
}
