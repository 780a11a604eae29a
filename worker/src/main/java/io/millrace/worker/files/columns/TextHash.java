package io.millrace.worker.files.columns;

/**
 * A 64-bit hash of a text, the same in every process and whether it comes as characters or, if it is ASCII, as bytes: two
 * rounds of multiply-and-fold as in Wang Yi's wyhash (public domain), eight ASCII characters or four others at a time. Not
 * meant to withstand values made to collide.
 */
final class TextHash {

    private static final long SEED = 0xa076_1d64_78bd_642fL;
    private static final long STEP = 0xe703_7ed1_a0b4_28dbL;
    private static final long LAST = 0x8ebc_6af0_9c88_c6e3L;

    private TextHash() {
    }

    static long of(char[] text, int from, int to) {
        int perStep = isAscii(text, from, to) ? 8 : 4;
        int bits = Long.SIZE / perStep;
        long hash = SEED ^ (to - from);
        int at = from;
        for (; at + perStep <= to; at += perStep) {
            hash = fold(hash ^ packed(text, at, at + perStep, bits), STEP);
        }
        return last(hash ^ packed(text, at, to, bits));
    }

    /**
     * Of many texts as bytes, behind each of which there must be 8 bytes more, whatever they are.
     *
     * @return whether all are ASCII, so that the hashes are those of their characters
     */
    static boolean ofBytes(byte[] text, int[] starts, int[] ends, int size, long[] hashes) {
        long all = 0;
        for (int i = 0; i < size; i++) {
            int to = ends[i];
            int at = starts[i];
            long hash = SEED ^ (to - at);
            for (; at + 8 <= to; at += 8) {
                long eight = Eight.at(text, at);
                all |= eight;
                hash = fold(hash ^ eight, STEP);
            }
            long rest = Eight.at(text, at) & ((1L << (8 * (to - at))) - 1);
            all |= rest;
            hashes[i] = last(hash ^ rest);
        }
        return Eight.isAscii(all);
    }

    private static boolean isAscii(char[] text, int from, int to) {
        int all = 0;
        for (int i = from; i < to; i++) {
            all |= text[i];
        }
        return all < 0x80;
    }

    private static long packed(char[] text, int from, int to, int bits) {
        long packed = 0;
        for (int i = to - 1; i >= from; i--) {
            packed = (packed << bits) | text[i];
        }
        return packed;
    }

    private static long last(long hash) {
        return fold(fold(hash, STEP) ^ SEED, LAST);
    }

    private static long fold(long a, long b) {
        return Math.unsignedMultiplyHigh(a, b) ^ a * b;
    }
}
