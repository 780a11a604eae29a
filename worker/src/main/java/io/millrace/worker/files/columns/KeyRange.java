package io.millrace.worker.files.columns;

/** The values with the least and the greatest key, as they stand in the file. */
final class KeyRange {

    private final Excerpt min = new Excerpt();
    private final Excerpt max = new Excerpt();
    private long minKey = Long.MAX_VALUE;
    private long maxKey = Long.MIN_VALUE;

    KeyRange() {
    }

    KeyRange(KeyRange other) {
        min.set(other.min);
        max.set(other.max);
        minKey = other.minKey;
        maxKey = other.maxKey;
    }

    void add(long key, char[] text, int from, int to) {
        if (key < minKey) {
            minKey = key;
            min.set(text, from, to);
        }
        if (key > maxKey) {
            maxKey = key;
            max.set(text, from, to);
        }
    }

    void addAscii(long key, byte[] text, int from, int to) {
        if (key < minKey) {
            minKey = key;
            min.setAscii(text, from, to);
        }
        if (key > maxKey) {
            maxKey = key;
            max.setAscii(text, from, to);
        }
    }

    String min() {
        return min.toString();
    }

    String max() {
        return max.toString();
    }
}
