package io.millrace.worker.files.columns;

/** The first and the last value in the order of text. */
final class TextRange {

    private final Excerpt min = new Excerpt();
    private final Excerpt max = new Excerpt();
    private boolean empty = true;
    private long minPrefix;
    private long maxPrefix;

    void add(char[] text, int from, int to) {
        boolean first = empty;
        empty = false;
        if (first || min.compareTo(text, from, to) > 0) {
            min.set(text, from, to);
            minPrefix = min.prefix();
        }
        if (first || max.compareTo(text, from, to) < 0) {
            max.set(text, from, to);
            maxPrefix = max.prefix();
        }
    }

    /** Of many values, those that may be new. */
    void addFresh(ColumnBytes run) {
        byte[] text = run.text();
        for (int i = 0; i < run.size(); i++) {
            if (run.isFresh(i)) {
                addAscii(text, run.start(i), run.end(i));
            }
        }
    }

    private void addAscii(byte[] text, int from, int to) {
        long prefix = Long.reverseBytes(Eight.atMost(text, from, to));
        boolean first = empty;
        empty = false;
        if (first || (Long.compareUnsigned(prefix, minPrefix) <= 0 && min.compareToAscii(text, from, to) > 0)) {
            min.setAscii(text, from, to);
            minPrefix = prefix;
        }
        if (first || (Long.compareUnsigned(prefix, maxPrefix) >= 0 && max.compareToAscii(text, from, to) < 0)) {
            max.setAscii(text, from, to);
            maxPrefix = prefix;
        }
    }

    String min() {
        return min.toString();
    }

    String max() {
        return max.toString();
    }
}
