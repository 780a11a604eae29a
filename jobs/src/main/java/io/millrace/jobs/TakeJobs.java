package io.millrace.jobs;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.jobrunr.jobs.Job;

/**
 * Takes {@link WaitingJobs} for a server: a statement for each queue locks them, one marks all of them as PROCESSING and
 * reads them, and all commit before the first job starts. Servers that take at the same time pass over each other's.
 */
final class TakeJobs {

    /** Each of a transaction that looks at as many more limited jobs as {@link WaitingLines} says. */
    private static final int MOST_LOOKS = 10;

    private final Transactions transactions;
    private final WaitingJobs waitingJobs;
    private final StartJobs start;
    private final FreedKeys keys;
    private final WakeUp wakeUp;

    TakeJobs(Transactions transactions, WaitingJobs waitingJobs, StartJobs start, FreedKeys keys, WakeUp wakeUp) {
        this.transactions = transactions;
        this.waitingJobs = waitingJobs;
        this.start = start;
        this.keys = keys;
        this.wakeUp = wakeUp;
    }

    /** Of which some may be missing from the claim: those that could not be read. */
    List<Job> upTo(int count, JobServer server, Slots.Claim slots, JobRows rows) {
        var freed = keys.drain();
        try {
            return upTo(count, server, slots, rows, freed);
        } catch (RuntimeException e) {
            keys.giveBack(freed);
            throw e;
        }
    }

    private List<Job> upTo(int count, JobServer server, Slots.Claim slots, JobRows rows, Set<String> freed) {
        var call = waitingJobs.call(slots, freed);
        Outcome taken;
        int looks = 0;
        do {
            taken = takeOnce(call, count, server, rows, freed);
            looks++;
        } while (taken.jobs.isEmpty() && !taken.look.isAll() && looks < MOST_LOOKS);
        if (taken.moreMayStart) {
            wakeUp.workers();
        }
        // The next look, which is soon, sees what has become of these.
        keys.giveBack(freed.stream().filter(taken.look.passedOver()::contains).toList());
        lookAgain(taken, count, server);
        keys.taken(taken.jobs, taken.look.keys());
        return taken.jobs;
    }

    /** The server knows of its jobs before anybody can see that they are its own. */
    private Outcome takeOnce(WaitingJobs.Call call, int count, JobServer server, JobRows rows, Set<String> freed) {
        var started = new ArrayList<Job>();
        long before = System.nanoTime();
        try {
            var taken = transactions.run(connection -> {
                var outcome = take(connection, call, count, server, rows, freed);
                started.addAll(outcome.jobs);
                server.underWay().expect(started);
                return outcome;
            });
            wakeUp.events().fetched(started.size(), before);
            return taken;
        } catch (RuntimeException | Error e) {
            server.forget(started);
            throw e;
        }
    }

    private Outcome take(Connection connection, WaitingJobs.Call call, int count, JobServer server, JobRows rows,
            Set<String> freed) throws SQLException {
        var look = call.lock(connection, count);
        var started = start.on(server, connection, look.jobs(), rows);
        var seen = freed.stream().filter(key -> !look.passedOver().contains(key)).toList();
        return new Outcome(started, look, keys.mayStart(connection, seen));
    }

    private static void lookAgain(Outcome taken, int count, JobServer server) {
        taken.look.again().ifPresent(server::lookForWorkIn);
        boolean lookedNoFurther = taken.look.jobs().size() == count;
        boolean sawNotAll = !taken.jobs.isEmpty() && !taken.look.isAll();
        // Of as many as there are slots for, some could not be read.
        if (taken.jobs.size() < count && (lookedNoFurther || sawNotAll)) {
            server.lookForWork();
        }
    }

    /**
     * What one transaction took.
     *
     * @param moreMayStart
     *            whether jobs of a key that was freed here are left, for which others may have slots
     */
    private record Outcome(List<Job> jobs, WaitingJobs.Look look, boolean moreMayStart) {
    }
}
