package io.millrace.worker.files.columns;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Eight bytes at once, the first of them lowest. */
public final class Eight {

    /** How many bytes must stand behind a text, whatever they are, so that its last ones can be read like that. */
    public static final int PADDING = 8;

    private static final VarHandle LITTLE_ENDIAN = MethodHandles.byteArrayViewVarHandle(long[].class,
            ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long ZEROS = '0' * ONES;
    private static final long DIGIT_LIMITS = (0x7F - 9) * ONES;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

    private Eight() {
    }

    /** The eight bytes from there on. */
    public static long at(byte[] bytes, int index) {
        return (long) LITTLE_ENDIAN.get(bytes, index);
    }

    /** Up to eight bytes of a range that is not empty, zero beyond its end. */
    static long atMost(byte[] bytes, int from, int to) {
        long all = at(bytes, from);
        return to - from >= 8 ? all : all & ((1L << (8 * (to - from))) - 1);
    }

    /** Whether a range has ASCII characters only. */
    public static boolean isAscii(byte[] bytes, int from, int to) {
        long all = 0;
        int at = from;
        for (; at + 8 <= to; at += 8) {
            all |= at(bytes, at);
        }
        if (at < to) {
            all |= atMost(bytes, at, to);
        }
        return isAscii(all);
    }

    static boolean isAscii(long eight) {
        return (eight & HIGH_BITS) == 0;
    }

    /** The lowest high bit that is set belongs to the first byte that is zero; none is if none is zero. */
    public static long zeros(long eight) {
        return (eight - ONES) & ~eight & HIGH_BITS;
    }

    /**
     * The first one to eight bytes as a decimal number, or -1 if one of them is no digit: two, four, then eight digits in
     * a multiplication each, as in D. Lemire's and J. Keiser's simdjson.
     */
    static long decimal(long eight, int length) {
        int free = Long.SIZE - Byte.SIZE * length;
        long digits = (eight ^ ZEROS) << free;
        if ((((digits + DIGIT_LIMITS) | digits) & HIGH_BITS) != 0) {
            return -1;
        }
        long pairs = (digits * 10 + (digits >>> 8)) & 0x00FF_00FF_00FF_00FFL;
        long fours = (pairs * 100 + (pairs >>> 16)) & 0x0000_FFFF_0000_FFFFL;
        return (fours * 10_000 + (fours >>> 32)) & 0xFFFF_FFFFL;
    }

    static char[] widen(byte[] ascii, int from, int to) {
        char[] chars = new char[to - from];
        for (int i = 0; i < chars.length; i++) {
            chars[i] = (char) ascii[from + i];
        }
        return chars;
    }
}
