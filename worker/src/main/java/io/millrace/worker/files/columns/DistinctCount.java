package io.millrace.worker.files.columns;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * Counts different values by their 64-bit hashes: exactly up to {@value #MAX_EXACT} (two of so many share a hash in one
 * of 300 billion columns), beyond that or when the budget is used up with a {@link HyperLogLog} of 4 KB.
 */
final class DistinctCount {

    static final int MAX_EXACT = 10_000;

    /** Every column may have these few, whatever the budget. */
    private static final int FIRST_SLOTS = 16;

    private final DistinctBudget budget;
    private long @Nullable [] slots = new long[FIRST_SLOTS];
    private int count;
    private @Nullable HyperLogLog sketch;

    DistinctCount(DistinctBudget budget) {
        this.budget = budget;
    }

    /** Whether the value may be new; false if it came before for certain. */
    boolean add(long hash) {
        if (slots == null) {
            estimate(hash);
            return true;
        }
        // 0 marks a free slot.
        long key = hash == 0 ? 1 : hash;
        int slot = slotOf(slots, key);
        if (slots[slot] == key) {
            return false;
        }
        slots[slot] = key;
        count++;
        if (count > MAX_EXACT || (count > slots.length / 8 * 5 && !grow(slots))) {
            startEstimate(slots);
        }
        return true;
    }

    /**
     * Adds many.
     *
     * @param fresh
     *            is told which may be new
     * @return whether one is among them that may be
     */
    boolean addAll(long[] hashes, int size, boolean[] fresh) {
        int done = 0;
        boolean any = false;
        while (done < size && slots != null) {
            fresh[done] = add(hashes[done]);
            any |= fresh[done];
            done++;
        }
        if (done == size || sketch == null) {
            return any;
        }
        Arrays.fill(fresh, done, size, true);
        sketch.addAll(hashes, done, size);
        return true;
    }

    /** Whether the value came before for certain. */
    boolean has(long hash) {
        return slots != null && hash != 0 && slots[slotOf(slots, hash)] == hash;
    }

    long value() {
        return sketch == null ? count : sketch.estimate();
    }

    boolean isExact() {
        return sketch == null;
    }

    private boolean grow(long[] full) {
        if (!budget.take(full.length)) {
            return false;
        }
        long[] larger = new long[2 * full.length];
        for (long key : full) {
            if (key != 0) {
                larger[slotOf(larger, key)] = key;
            }
        }
        slots = larger;
        return true;
    }

    private static int slotOf(long[] slots, long key) {
        int slot = (int) key & (slots.length - 1);
        while (slots[slot] != 0 && slots[slot] != key) {
            slot = (slot + 1) & (slots.length - 1);
        }
        return slot;
    }

    private void startEstimate(long[] exact) {
        sketch = new HyperLogLog();
        for (long key : exact) {
            if (key != 0) {
                sketch.add(key);
            }
        }
        sketch.correct(count);
        budget.giveBack(exact.length - FIRST_SLOTS);
        slots = null;
    }

    private void estimate(long hash) {
        if (sketch != null) {
            sketch.add(hash);
        }
    }
}
