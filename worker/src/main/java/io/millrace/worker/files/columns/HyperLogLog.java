package io.millrace.worker.files.columns;

/**
 * Estimates how many different hashes of 64 bits there are, in 4 KB: P. Flajolet and others, "HyperLogLog" (2007), counted
 * as it is filled ("historic inverse probability": E. Cohen, "All-Distances Sketches, Revisited", 2014). Each hash that
 * changes a register stands for as many as it takes on average until one does. Standard error: 0.83 / √4096 = 1.3 %.
 */
final class HyperLogLog {

    private static final int LOG2_REGISTERS = 12;
    private static final int REGISTERS = 1 << LOG2_REGISTERS;
    /** Ends the run of zeros that is looked for, where all of the hash's own bits are zero. */
    private static final long LAST = 1L << (LOG2_REGISTERS - 1);

    private final byte[] ranks = new byte[REGISTERS];
    /** Of a new hash to change a register, times how many registers there are. */
    private double chance = REGISTERS;
    private double estimate;

    void add(long hash) {
        int register = (int) (hash >>> (Long.SIZE - LOG2_REGISTERS));
        int rank = 1 + Long.numberOfLeadingZeros((hash << LOG2_REGISTERS) | LAST);
        if (rank > ranks[register]) {
            estimate += REGISTERS / chance;
            chance -= power(ranks[register]) - power(rank);
            ranks[register] = (byte) rank;
        }
    }

    void addAll(long[] hashes, int from, int to) {
        for (int i = from; i < to; i++) {
            add(hashes[i]);
        }
    }

    /** Says how many all hashes that were added so far are. */
    void correct(long exact) {
        estimate = exact;
    }

    long estimate() {
        return Math.round(estimate);
    }

    /** 2<sup>-rank</sup> */
    private static double power(int rank) {
        return Math.scalb(1.0, -rank);
    }
}
