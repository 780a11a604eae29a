package io.millrace.jobs;

import java.util.Set;

/**
 * What the worker of this process has to do, as it is now. Each answer is from memory, so that health checks and scrapes may ask as
 * often as they like, also while the database is away. A bean where {@code millrace.jobs.worker.enabled=true}.
 */
public interface WorkerLoad {

    /** Whether it gets on with its work. */
    enum Stuck {
        /** It does, or nobody can tell, as while the database is away. */
        NO,
        /** It has free slots, and jobs have waited for over a minute that it may start, and it has started none. A restart helps. */
        STARTS_NONE,
        /**
         * Its slots are all taken, other jobs wait, and for {@code millrace.jobs.worker.stuck-after} no run has ended, or said how far it is.
         * A restart would only begin them anew.
         */
        RUNS_ARE_SILENT
    }

    /** The queues that it takes jobs from by name; empty: all there are. */
    Set<String> queues();

    /** How many jobs it runs at once; 0 while it takes none, as before its start and while it stops. */
    int slots();

    /** How many jobs of one queue it runs at once; 0 as well if it takes none of that. */
    int slots(String queue);

    /** How many jobs of one queue it runs, or is about to. */
    int running(String queue);

    /** As it was found a few seconds ago. */
    Stuck stuck();
}
