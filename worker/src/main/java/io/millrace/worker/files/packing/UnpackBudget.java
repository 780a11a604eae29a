package io.millrace.worker.files.packing;

import java.util.function.LongSupplier;

import io.millrace.jobs.PermanentFailure;

/** What is left of the limits while one file is profiled: shared by all that is unpacked of it. For one thread. */
public final class UnpackBudget {

    /** As many as a single file may have: what a result holds grows with them. */
    private static final int MAX_COLUMNS = 10_000;

    private final UnpackLimits limits;
    private final LongSupplier stored;
    private long unpacked;
    private int entries;
    private int columns;

    /**
     * @param stored
     *            how many bytes of the file itself were read so far
     */
    public UnpackBudget(UnpackLimits limits, LongSupplier stored) {
        this.limits = limits;
        this.stored = stored;
    }

    /**
     * Counts what was unpacked.
     *
     * @throws PermanentFailure
     *             if that is more than a limit allows; it names the setting
     */
    void unpacked(int bytes) {
        unpacked += bytes;
        long most = limits.maxUnpacked().toBytes();
        if (unpacked > most) {
            throw new PermanentFailure(
                    "the file unpacks to more than " + most + " bytes (millrace.profile.max-unpacked)");
        }
        if (unpacked > limits.ratioFrom().toBytes() && unpacked / limits.maxRatio() > stored.getAsLong()) {
            throw new PermanentFailure("the file unpacks to more than " + limits.maxRatio()
                    + " times its size (millrace.profile.max-ratio)");
        }
    }

    /** Whether what is packed within so many packings is to be unpacked. */
    public boolean allowsDepth(int depth) {
        return depth < limits.maxDepth();
    }

    /** Whether another entry of an archive may be looked at; if so, it is counted. */
    boolean takeEntry() {
        boolean left = entries < limits.maxEntries();
        entries += left ? 1 : 0;
        return left;
    }

    /** Whether so many columns more may stand in the result; if so, they are counted. */
    public boolean takeColumns(int count) {
        boolean left = count <= MAX_COLUMNS - columns;
        columns += left ? count : 0;
        return left;
    }
}
