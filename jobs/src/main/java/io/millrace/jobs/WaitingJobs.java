package io.millrace.jobs;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongSupplier;

import io.millrace.jobs.OpenQueues.OpenQueue;

/**
 * Finds and locks waiting jobs of the queues, a fair share from each that has any and is not paused, and no more than its rate and
 * the jobs' own limits let start. Within a queue the higher priority comes first and the longer waiting of one priority; an
 * old job of low priority overtakes in bounded time.
 */
final class WaitingJobs {

    /** When to ask again for what another worker has locked to count it: about as long as it holds the lock. */
    static final Duration OTHERS_ARE_COUNTING = Duration.ofMillis(5);

    private final OpenQueues openQueues;
    private final QueueRates rates;
    private final UnlimitedJobs unlimited;
    private final WaitingLines lines;
    private final LimitedJobs limited;

    WaitingJobs(JobsSchema schema, QueueSubscription subscription) {
        this(schema, subscription, System::nanoTime);
    }

    WaitingJobs(JobsSchema schema, QueueSubscription subscription, LongSupplier nanos) {
        this.openQueues = new OpenQueues(schema, subscription, nanos);
        this.rates = new QueueRates(schema);
        this.unlimited = new UnlimitedJobs(schema);
        this.lines = new WaitingLines(schema);
        this.limited = new LimitedJobs(schema);
    }

    /**
     * For one call for jobs, which may take several transactions.
     *
     * @param slots
     *            that it finds free, it sets aside for what it locks
     * @param freed
     *            keys that have a place free, to be looked at in any case
     */
    Call call(Slots.Claim slots, Collection<String> freed) {
        return new Call(slots, freed);
    }

    /** Looks in transactions of the caller's, until one has found something or {@link Look#isAll}. */
    final class Call {

        private final Slots.Claim slots;
        private final Collection<String> freed;
        private final WaitingLines.Round round = lines.new Round();

        private Call(Slots.Claim slots, Collection<String> freed) {
            this.slots = slots;
            this.freed = freed;
        }

        /** At most {@code most} jobs, whose rows are locked until the transaction ends. What others are taking is left to them. */
        Look lock(Connection connection, int most) throws SQLException {
            slots.close();
            var taken = new Taken();
            // A look that was kept leads to no job with a key.
            var kept = freed.isEmpty() ? openQueues.kept(connection) : List.<OpenQueue>of();
            if (!kept.isEmpty()) {
                var look = new Transaction(this, connection, kept, taken).lock(most);
                if (taken.count() == most) {
                    return look;
                }
            }
            var seen = openQueues.look(connection);
            var look = new Transaction(this, connection, seen.queues(), taken).lock(most);
            seen.keepIfAllWereFound(most, taken.count());
            return look;
        }
    }

    /**
     * What was found.
     *
     * @param keys
     *            of the jobs that have a {@link ConcurrencyLimit}
     * @param passedOver
     *            keys of which nobody here has seen whether they have a place free, mostly as another worker was counting them
     * @param isAll
     *            false if there are limited jobs left that nobody has looked at
     * @param again
     *            when to look again for what may not start yet; empty if somebody will say so
     */
    record Look(List<UUID> jobs, Map<UUID, String> keys, Set<String> passedOver, boolean isAll,
            Optional<Duration> again) {
    }

    private final class Transaction {

        private final Call call;
        private final Connection connection;
        private final List<OpenQueue> open;
        private final QueueRates.Starts starts;
        private final LimitedJobs.Taking limitedOnes;
        private final JobsInOrder inOrder;
        private final Taken taken;

        Transaction(Call call, Connection connection, List<OpenQueue> open, Taken taken) throws SQLException {
            this.call = call;
            this.connection = connection;
            this.open = open;
            this.taken = taken;
            this.starts = rates.lock(connection, open.stream()
                    .filter(queue -> queue.hasRate() && call.slots.free(queue.name(), 1) > 0).map(OpenQueue::name)
                    .toList());
            this.limitedOnes = limited.on(connection, taken);
            this.inOrder = new JobsInOrder(unlimited, call.round, limitedOnes, call.freed, taken);
        }

        Look lock(int most) throws SQLException {
            var asking = new ArrayDeque<>(open);
            while (!asking.isEmpty() && taken.count() < most) {
                var queue = asking.remove();
                int left = left(queue, most);
                int share = Math.min(left, Math.ceilDiv(most - taken.count(), asking.size() + 1));
                var some = share > 0 ? lock(queue, share) : List.<UUID>of();
                taken.add(some);
                starts.spend(queue.name(), some.size());
                if (some.size() == share && share < left) {
                    // It has more, if the others leave slots.
                    asking.add(queue);
                }
            }
            starts.write(connection);
            return new Look(taken.jobs(), taken.keys(), limitedOnes.passedOver(), call.round.isComplete(), again(most));
        }

        private List<UUID> lock(OpenQueue queue, int most) throws SQLException {
            int slots = call.slots.add(queue.name(), most);
            var some = slots > 0 ? inOrder.lock(connection, queue, slots) : List.<UUID>of();
            call.slots.giveBack(queue.name(), slots - some.size());
            return some;
        }

        private int left(OpenQueue queue, int most) {
            int slots = slots(queue, most);
            return queue.hasRate() ? Math.min(slots, starts.left(queue.name())) : slots;
        }

        private int slots(OpenQueue queue, int most) {
            return call.slots.free(queue.name(), most - taken.count());
        }

        private Optional<Duration> again(int most) {
            var waits = new ArrayList<Duration>();
            if (taken.count() < most && !limitedOnes.passedOver().isEmpty()) {
                waits.add(OTHERS_ARE_COUNTING);
            }
            open.stream().filter(queue -> queue.hasRate() && slots(queue, most) > 0 && left(queue, most) == 0)
                    .forEach(queue -> waits.add(starts.untilMore(queue.name())));
            return waits.stream().min(Duration::compareTo);
        }
    }
}
