package io.millrace.worker.files.columns;

/**
 * How much memory all columns of one file may use to count their different values exactly. Who asks when it is used up
 * goes on with an estimate.
 */
final class DistinctBudget {

    /** 2 Mi slots of 8 bytes: 16 MB, room for 128 columns of 10,000 different values. */
    static final int DEFAULT_SLOTS = 1 << 21;

    private int left;

    DistinctBudget(int slots) {
        left = slots;
    }

    boolean take(int slots) {
        if (slots > left) {
            return false;
        }
        left -= slots;
        return true;
    }

    void giveBack(int slots) {
        left += slots;
    }
}
