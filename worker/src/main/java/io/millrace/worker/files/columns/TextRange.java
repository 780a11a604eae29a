package io.millrace.worker.files.columns;

/** The first and the last value in the order of text. */
final class TextRange {

    private final Excerpt min = new Excerpt();
    private final Excerpt max = new Excerpt();
    private boolean empty = true;

    void add(char[] text, int from, int to) {
        if (empty) {
            empty = false;
            min.set(text, from, to);
            max.set(text, from, to);
        } else if (min.compareTo(text, from, to) > 0) {
            min.set(text, from, to);
        } else if (max.compareTo(text, from, to) < 0) {
            max.set(text, from, to);
        }
    }

    String min() {
        return min.toString();
    }

    String max() {
        return max.toString();
    }
}
