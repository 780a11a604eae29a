package io.millrace.worker.files.columns;

/**
 * A 64-bit hash of a range of characters, the same in every process: two rounds of multiply-and-fold as in Wang Yi's
 * wyhash (public domain), four characters at a time. Not meant to withstand values made to collide.
 */
final class TextHash {

    private static final long SEED = 0xa076_1d64_78bd_642fL;
    private static final long STEP = 0xe703_7ed1_a0b4_28dbL;
    private static final long LAST = 0x8ebc_6af0_9c88_c6e3L;

    private TextHash() {
    }

    static long of(char[] text, int from, int to) {
        long hash = SEED ^ (to - from);
        int at = from;
        for (; at + 4 <= to; at += 4) {
            long four = text[at] | (long) text[at + 1] << 16 | (long) text[at + 2] << 32 | (long) text[at + 3] << 48;
            hash = fold(hash ^ four, STEP);
        }
        long rest = 0;
        for (; at < to; at++) {
            rest = rest << 16 | text[at];
        }
        return fold(fold(hash ^ rest, STEP) ^ SEED, LAST);
    }

    private static long fold(long a, long b) {
        return Math.unsignedMultiplyHigh(a, b) ^ a * b;
    }
}
