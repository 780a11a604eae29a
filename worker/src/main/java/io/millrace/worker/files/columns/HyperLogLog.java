package io.millrace.worker.files.columns;

/**
 * Estimates how many different values there are in 4 KB: P. Flajolet and others, "HyperLogLog" (2007), with the "historic
 * inverse probability" estimator of E. Cohen, "All-Distances Sketches, Revisited" (2014): each value that changes a
 * register counts as many as would have been needed on average. The standard error is 1.3 %; the order of the values
 * matters, the number of times each comes does not.
 */
final class HyperLogLog {

    private static final int REGISTERS = 1 << 12;
    private static final int INDEX_SHIFT = 20;

    private final byte[] registers = new byte[REGISTERS];
    /** The sum of 2 to the power of minus each register. */
    private double room = REGISTERS;
    private double estimate;

    /** Takes in a value by its hash, all 64 bits of which must be good. */
    void add(long hash) {
        int index = (int) (hash >>> INDEX_SHIFT) & (REGISTERS - 1);
        int rank = Long.numberOfLeadingZeros(hash) + 1;
        int before = registers[index];
        if (rank > before) {
            estimate += REGISTERS / room;
            room += Math.scalb(1.0, -rank) - Math.scalb(1.0, -before);
            registers[index] = (byte) rank;
        }
    }

    long estimate() {
        return Math.round(estimate);
    }
}
