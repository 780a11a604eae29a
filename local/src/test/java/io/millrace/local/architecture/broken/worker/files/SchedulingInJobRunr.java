package io.millrace.local.architecture.broken.worker.files;

import org.jobrunr.scheduling.JobScheduler;

public record SchedulingInJobRunr(JobScheduler scheduler) {
}
