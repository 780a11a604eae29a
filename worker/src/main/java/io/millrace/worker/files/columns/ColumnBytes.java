package io.millrace.worker.files.columns;

import java.nio.charset.Charset;

/**
 * Values of one column in their order, where they were read into memory as bytes: a column that takes in many at a time does
 * for each of them what it did for the one before, which a processor can foresee. In memory that is used again.
 */
public final class ColumnBytes {

    /** For as many values there is room. */
    public static final int MAX = 256;

    private final int[] starts = new int[MAX];
    private final int[] ends = new int[MAX];
    private final long[] hashes = new long[MAX];
    private final boolean[] fresh = new boolean[MAX];
    private byte[] text = {};
    private int size;

    /** Forgets all values, for others from an array in which each is followed by {@value Eight#PADDING} bytes, whatever they are. */
    public void startOver(byte[] bytes) {
        text = bytes;
        size = 0;
    }

    /** Adds a value that is not empty. */
    public void add(int from, int to) {
        starts[size] = from;
        ends[size] = to;
        size++;
    }

    int size() {
        return size;
    }

    /** Leaves only the first ones. */
    void cut(int length) {
        size = length;
    }

    /** Puts a value in the place of one before it. */
    void move(int index, int to) {
        starts[to] = starts[index];
        ends[to] = ends[index];
        hashes[to] = hashes[index];
    }

    byte[] text() {
        return text;
    }

    int start(int index) {
        return starts[index];
    }

    int end(int index) {
        return ends[index];
    }

    char[] characters(int index) {
        return Eight.widen(text, starts[index], ends[index]);
    }

    /** With the byte behind it. */
    char[] decode(int index, Charset charset) {
        return new String(text, starts[index], ends[index] + 1 - starts[index], charset).toCharArray();
    }

    boolean isAscii(int index) {
        return Eight.isAscii(text, starts[index], ends[index]);
    }

    /** Of its bytes, which is that of its characters if it is ASCII. */
    long hash(int index) {
        return hashes[index];
    }

    /** Whether the value may be a new one, once they are counted. */
    boolean isFresh(int index) {
        return fresh[index];
    }

    /** Hashes all values; whether each is ASCII. */
    boolean hash() {
        return TextHash.ofBytes(text, starts, ends, size, hashes);
    }

    /** Counts all values, which must be ASCII; whether one may be a new one. */
    boolean countIn(DistinctCount distinct) {
        return distinct.addAll(hashes, size, fresh);
    }
}
