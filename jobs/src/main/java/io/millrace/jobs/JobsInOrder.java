package io.millrace.jobs;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

import io.millrace.jobs.OpenQueues.OpenQueue;

/**
 * Locks the first jobs of a queue in one transaction, those with a {@link ConcurrencyLimit} and those without by the same
 * order: it looks who of the limited ones could start, sees where they stand among the others, and takes of both as many.
 */
final class JobsInOrder {

    private final UnlimitedJobs unlimited;
    private final WaitingLines.Round lines;
    private final LimitedJobs.Taking limited;
    private final Collection<String> freed;
    private final Taken taken;

    /**
     * @param freed
     *            keys to be looked at in any case
     */
    JobsInOrder(UnlimitedJobs unlimited, WaitingLines.Round lines, LimitedJobs.Taking limited,
            Collection<String> freed, Taken taken) {
        this.unlimited = unlimited;
        this.lines = lines;
        this.limited = limited;
        this.freed = freed;
        this.taken = taken;
    }

    List<UUID> lock(Connection connection, OpenQueue queue, int most) throws SQLException {
        if (!queue.hasLimited()) {
            return unlimited.lock(connection, queue.name(), taken, most);
        }
        var firsts = lines.look(connection, queue.name(), freed, taken, most);
        int before = queue.hasUnlimited() && !firsts.isEmpty()
                ? amongTheFirst(most, unlimited.places(connection, queue.name(), taken, most), firsts)
                : firsts.size();
        var jobs = new ArrayList<>(limited.lock(queue.name(), lines(firsts.subList(0, before)), most));
        if (queue.hasUnlimited() && jobs.size() < most) {
            jobs.addAll(unlimited.lock(connection, queue.name(), taken, most - jobs.size()));
        }
        if (before < firsts.size() && jobs.size() < most) {
            // Others were taking what stood before them.
            jobs.addAll(limited.lock(queue.name(), lines(firsts.subList(before, firsts.size())), most - jobs.size()));
        }
        return jobs;
    }

    /** How many of the limited ones are among the first {@code most} of all. */
    private static int amongTheFirst(int most, List<Place> others, List<WaitingLines.First> firsts) {
        int among = 0;
        int other = 0;
        while (among + other < most && among < firsts.size()) {
            if (other < others.size() && others.get(other).compareTo(firsts.get(among).place()) < 0) {
                other++;
            } else {
                among++;
            }
        }
        return among;
    }

    private static List<WaitingLines.Line> lines(List<WaitingLines.First> firsts) {
        return firsts.stream().map(WaitingLines.First::line).toList();
    }
}
