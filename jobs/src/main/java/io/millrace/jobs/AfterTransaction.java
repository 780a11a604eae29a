package io.millrace.jobs;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntPredicate;

import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Something to be done after the caller's transaction, for the sake of what was written before it was registered. In a way
 * it is rolled back as well with a savepoint from before that.
 */
final class AfterTransaction implements TransactionSynchronization {

    private static final AtomicLong NUMBERS = new AtomicLong();

    private final long number = NUMBERS.incrementAndGet();
    private final List<Object> savepointsSince = new ArrayList<>(0);
    private final IntPredicate when;
    private final Runnable action;
    private boolean rolledBack;

    /**
     * @param when
     *            for which {@link TransactionSynchronization} status
     */
    AfterTransaction(IntPredicate when, Runnable action) {
        this.when = when;
        this.action = action;
    }

    /** For {@link #rolledBackTo}. */
    static long now() {
        return NUMBERS.get();
    }

    /** To a savepoint of this thread's transaction that Spring does not know, which was set then. */
    static void rolledBackTo(long then) {
        if (TransactionSynchronizationManager.isSynchronizationActive()) {
            for (var one : TransactionSynchronizationManager.getSynchronizations()) {
                if (one instanceof AfterTransaction after && after.number > then) {
                    after.rolledBack = true;
                }
            }
        }
    }

    @Override
    public void savepoint(Object savepoint) {
        savepointsSince.add(savepoint);
    }

    @Override
    public void savepointRollback(Object savepoint) {
        rolledBack |= !savepointsSince.contains(savepoint);
    }

    /** Not {@code afterCommit}, which Spring leaves out for all that come after one that fails. */
    @Override
    public void afterCompletion(int status) {
        if (when.test(rolledBack ? STATUS_ROLLED_BACK : status)) {
            action.run();
        }
    }
}
