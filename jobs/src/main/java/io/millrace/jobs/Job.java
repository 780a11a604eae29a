package io.millrace.jobs;

import org.jspecify.annotations.Nullable;

/**
 * A piece of work to be done later, elsewhere: a record whose components are its payload, annotated with
 * {@link JobType}. The payload travels as JSON, so it should be small (ids rather than contents) and every component
 * must survive Jackson. Constraints of Jakarta Validation on its components are checked when it is enqueued.
 *
 * <p>
 * Jobs are defined in pairs, as in River: the record here, its {@link JobHandler} in a worker.
 *
 * @param <R>
 *            what the handler answers; {@link Void} for nothing. Kept as JSON, see {@link JobResults}
 */
@SuppressWarnings("unused") // R ties a handler's answer to its job type
public interface Job<R extends @Nullable Object> {
}
