package io.millrace.api.jobs;

import java.util.List;

import io.millrace.api.http.ProblemException;
import io.millrace.jobs.JobStatus;

/** The answer to who asks for the result of a job that failed. */
final class FailedJob {

    private FailedJob() {
    }

    static ProblemException problem(JobStatus job) {
        JobStatus.Failure error = job.error();
        ProblemException problem = ProblemException.conflict("job-failed", "The job failed",
                error == null ? "The job failed and will not be tried again." : error.message(), List.of());
        problem.getBody().setProperty("error", error);
        return problem;
    }
}
