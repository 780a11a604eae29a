package io.millrace.jobs;

import org.jspecify.annotations.Nullable;

/**
 * A handler whose work is done <em>exactly once</em> in Postgres: what it writes, its result, the jobs that it enqueues and its
 * job's SUCCEEDED are one transaction, so that they are all there or none of them is, whatever crashes. Where the handler
 * throws, or marks the transaction rollback-only, or its job was cancelled or given to another run meanwhile, nothing is
 * there.
 *
 * <p>
 * The engine begins the transaction, with the application's transaction manager on the application's data source, before it
 * calls {@code handle}; JdbcClient, JPA and {@link JobQueue} on that data source take part by themselves, and
 * {@code @Transactional} on the handler joins it. A worker refuses to start where no transaction manager is on that
 * data source.
 *
 * <p>
 * It costs one connection of the application's pool for as long as {@code handle} runs, and a commit for each job, where other jobs
 * share one; so it suits short work.
 *
 * <p>
 * <em>Not</em> covered, because it is not in that transaction: what is written in a transaction of its own
 * ({@code REQUIRES_NEW}, {@code NOT_SUPPORTED}), by other threads, to other data sources, and all effects outside Postgres. They
 * happen again when the job runs again. {@link JobExecution#progress}, {@link JobExecution#log} and
 * {@link JobExecution#saveCheckpoint} have transactions of their own as well, and so has the ledger of
 * {@link JobExecution#effects()}, which is for effects elsewhere: what they write stays whatever becomes of this one. Under
 * REPEATABLE READ and above, an attempt that cancels its own job ({@link JobQueue#cancel}) in this transaction fails; it throws
 * {@link PermanentFailure} instead.
 *
 * @param <J>
 *            the job record
 * @param <R>
 *            the result, a value that Jackson writes; {@link Void} for none
 */
public interface TransactionalJobHandler<J extends Job<R>, R extends @Nullable Object> extends JobHandler<J, R> {
}
