package io.millrace.jobs;

/** A job and what its enqueuer says of it, for {@link JobQueue#enqueueAllWith}. */
public record NewJob(Job<?> job, EnqueueOptions options) {
}
