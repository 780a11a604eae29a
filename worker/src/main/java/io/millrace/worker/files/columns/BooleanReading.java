package io.millrace.worker.files.columns;

/** {@code true} and {@code false} in any case; false comes first. */
final class BooleanReading implements Reading {

    private final KeyRange range = new KeyRange();

    @Override
    public boolean add(char[] text, int from, int to, boolean seenBefore) {
        if (seenBefore) {
            return true;
        }
        boolean isTrue = is("true", text, from, to);
        if (!isTrue && !is("false", text, from, to)) {
            return false;
        }
        range.add(isTrue ? 1 : 0, text, from, to);
        return true;
    }

    @Override
    public boolean addAll(ColumnBytes run, int from) {
        for (int i = from; i < run.size(); i++) {
            if (run.isFresh(i) && !addCharacters(run, i)) {
                return false;
            }
        }
        return true;
    }

    private static boolean is(String word, char[] text, int from, int to) {
        return to - from == word.length() && word.equalsIgnoreCase(new String(text, from, to - from));
    }

    @Override
    public ColumnType type() {
        return ColumnType.BOOLEAN;
    }

    @Override
    public String min() {
        return range.min();
    }

    @Override
    public String max() {
        return range.max();
    }
}
