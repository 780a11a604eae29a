package io.millrace.jobs;

/**
 * Lets a job start only while fewer than so many jobs of its key run in the whole cluster, whatever their types and queues:
 * {@code new ConcurrencyLimit("tenant:42", 3)}. Until then it waits in its queue, and holds up no job of another key and none
 * without a limit. What others call this: concurrency key and limit (Inngest, GoodJob, Solid Queue), global limit (Oban).
 *
 * <p>
 * A job runs from when a worker takes it until it has ended or failed; while it waits to be tried again it does not. Each job
 * goes by its own limit: where those of one key have several, one of a lower limit waits for as long as the others keep more
 * running.
 *
 * <p>
 * Not guaranteed: that the code of a job no longer runs once the cluster counts it as ended. A worker that was not heard of and
 * whose jobs were taken over, and a job that was deleted while it ran, may go on for some seconds beside the next one. Nor that
 * of thousands of keys in one queue the highest priority comes first: some hundred of them are compared at a time, each time others.
 *
 * @param key
 *            1 to 255 characters; shown in exceptions, so never personal data
 * @param jobs
 *            at least 1
 */
public record ConcurrencyLimit(String key, int jobs) {

    /**
     * Checks the ranges above.
     *
     * @throws InvalidEnqueueOption
     *             if one does not hold
     */
    public ConcurrencyLimit {
        InvalidEnqueueOption.checkKey("concurrencyLimit", key);
        InvalidEnqueueOption.check("concurrencyLimit", jobs >= 1, "must let at least 1 job run");
    }
}
