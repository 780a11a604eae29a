package io.millrace.jobs;

/**
 * How much of what is due goes into one transaction: after an outage each schedule may have {@link DueRuns#MOST} jobs to make up for, and one
 * transaction with those of all would outlast the time that Postgres gives it, again and again. A schedule is not divided, as that maximum
 * counts from the first time which was missed; so the first one is taken whatever its size.
 */
final class DueBatch {

    static final int JOBS = 1_000;
    static final int CHARACTERS = 4 * 1024 * 1024;

    private long read;
    private boolean begun;
    private int jobs;
    private long characters;

    /** Whether the next schedule is to be read at all: what is read stays in memory until the batch is done. */
    boolean mayRead(int bytes) {
        boolean first = read == 0;
        read += bytes;
        return first || read <= CHARACTERS;
    }

    /**
     * Whether a schedule belongs to this batch; if so, it is counted.
     *
     * @param length
     *            of the payload of each of its jobs
     */
    boolean hasRoomFor(int more, int length) {
        long longer = characters + (long) more * length;
        if (begun && (jobs + more > JOBS || longer > CHARACTERS)) {
            return false;
        }
        begun = true;
        jobs += more;
        characters = longer;
        return true;
    }
}
