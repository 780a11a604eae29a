package io.millrace.jobs;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

import org.jobrunr.jobs.Job;

/**
 * Keys of which a job has ended in this process, until it has looked for the next one; where it could not take that itself,
 * having no slot for its queue, it wakes the others. A limit costs the database nothing when a job ends.
 */
final class FreedKeys {

    private final WakeUp wakeUp;
    private final String mayStart;
    /** Of jobs that were taken and not handed over yet. */
    private final Map<UUID, String> taken = new ConcurrentHashMap<>();
    private final Set<String> freed = ConcurrentHashMap.newKeySet();

    FreedKeys(JobsSchema schema, WakeUp wakeUp) {
        this.wakeUp = wakeUp;
        String jobs = schema.prefix() + "jobrunr_jobs";
        String waiting = "%s where %s".formatted(jobs, LimitedJobs.WAITING);
        this.mayStart = """
                        with recursive limited (name) as (%1$s)
                        select exists (
                            select from unnest(?::text[]) key cross join limited
                            where limited.name is not null
                                and limited.name not in (select paused.name from %4$spaused_queues paused)
                                and exists (
                                    select from %2$s and queue = limited.name and concurrencyKey = key
                                        and concurrencyLimit > (
                                            select count(*) from %3$s where state = 'PROCESSING' and concurrencyKey = key)))
                        """
                .formatted(OpenQueues.names("limited", waiting), waiting, jobs, schema.prefix());
    }

    /** Before any of them is handed over. */
    void taken(List<Job> jobs, Map<UUID, String> keys) {
        if (!keys.isEmpty()) {
            jobs.stream().map(Job::getId).filter(keys::containsKey).forEach(id -> taken.put(id, keys.get(id)));
        }
    }

    /**
     * For a job that is handed over.
     *
     * @param stopping
     *            whether nobody here will look any more
     * @return to be run when it has ended and its worker's slot is free
     */
    Runnable atEndOf(UUID job, BooleanSupplier stopping) {
        String key = taken.remove(job);
        if (key == null) {
            return () -> {
                // It frees a slot, and no key.
            };
        }
        return () -> {
            freed.add(key);
            if (stopping.getAsBoolean()) {
                wakeUp.workers();
            }
        };
    }

    /** Those since the last call of this. */
    Set<String> drain() {
        var drained = Set.copyOf(freed);
        freed.removeAll(drained);
        return drained;
    }

    /** Those that nobody has looked at, after all. */
    void giveBack(Collection<String> keys) {
        freed.addAll(keys);
    }

    /** Whether jobs of some of these wait that may start. */
    boolean mayStart(Connection connection, Collection<String> keys) throws SQLException {
        if (keys.isEmpty()) {
            return false;
        }
        try (var select = connection.prepareStatement(mayStart)) {
            select.setArray(1, connection.createArrayOf("text", keys.toArray()));
            try (var row = select.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }
}
