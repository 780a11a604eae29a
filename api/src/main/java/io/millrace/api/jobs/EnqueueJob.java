package io.millrace.api.jobs;

import java.time.Clock;
import java.util.List;
import java.util.UUID;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import io.millrace.api.http.Caller;
import io.millrace.api.http.FieldError;
import io.millrace.api.http.ProblemException;
import io.millrace.jobs.InvalidEnqueueOption;
import io.millrace.jobs.InvalidPayload;
import io.millrace.jobs.JobQueue;
import io.millrace.jobs.JobStatus;
import io.millrace.jobs.UnknownJobType;

/** Queues a job as a caller from outside describes it, and says in the caller's terms why it cannot be queued. */
@Component
class EnqueueJob {

    private final JobQueue jobQueue;
    private final Clock clock;

    EnqueueJob(JobQueue jobQueue, Clock clock) {
        this.jobQueue = jobQueue;
        this.clock = clock;
    }

    /** In one transaction: where the answer cannot be given, the job is not queued either, and the caller may try again. */
    @Transactional
    JobStatus enqueue(NewJob job, Caller caller) {
        try {
            UUID id = jobQueue.enqueue(job.type(), job.payload().toString(), job.options(clock));
            JobStatus queued = jobQueue.find(id).orElseThrow(JobController::noSuchJob);
            caller.checkMayEnqueue(queued.type(), queued.queue());
            return queued;
        } catch (UnknownJobType e) {
            throw ProblemException.unprocessable("unknown-job-type", "There is no such job type",
                    List.of(new FieldError("type", "is not a known job type")));
        } catch (InvalidPayload e) {
            throw ProblemException.unprocessable("invalid-payload", "The payload does not fit its job type",
                    e.violations().stream().map(EnqueueJob::fieldError).toList());
        } catch (InvalidEnqueueOption e) {
            throw ProblemException.invalid(e.field(), e.remedy());
        }
    }

    private static FieldError fieldError(InvalidPayload.Violation violation) {
        return new FieldError(violation.field().isEmpty() ? "payload" : "payload." + violation.field(),
                violation.message());
    }
}
