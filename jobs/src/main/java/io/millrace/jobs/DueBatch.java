package io.millrace.jobs;

import java.util.ArrayList;
import java.util.List;

/**
 * How much of what is due goes into one transaction: after an outage each schedule may have {@link DueRuns#MOST} jobs to make up for, and one
 * transaction with those of all would outlast the time that Postgres gives it, again and again. A schedule is not divided, as that maximum
 * counts from the first time which was missed; so the first one is taken whatever its size.
 */
final class DueBatch {

    static final int JOBS = 1_000;
    static final int CHARACTERS = 4 * 1024 * 1024;

    private boolean reads;
    private long read;
    private boolean begun;
    private int jobs;
    private long characters;

    /** Whether the next schedule is to be read at all: what is read stays in memory until the batch is done. */
    boolean mayRead(int bytes) {
        read += bytes;
        boolean first = !reads;
        reads = true;
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

    /** For one statement each, of about that many characters at most. */
    static List<List<NewJobRow>> statements(List<NewJobRow> jobs) {
        var statements = new ArrayList<List<NewJobRow>>();
        int from = 0;
        long characters = 0;
        for (int i = 0; i < jobs.size(); i++) {
            characters += jobs.get(i).enqueued().payload().length();
            if (i > from && characters > CHARACTERS) {
                statements.add(jobs.subList(from, i));
                from = i;
                characters = jobs.get(i).enqueued().payload().length();
            }
        }
        if (from < jobs.size()) {
            statements.add(jobs.subList(from, jobs.size()));
        }
        return statements;
    }
}
