package io.millrace.worker.files.columns;

import org.jspecify.annotations.Nullable;

import io.millrace.core.files.FileProfile;

/** A column read as one kind of value, for as long as every value fits. */
sealed interface Reading permits NumberReading, MomentReading, BooleanReading {

    /**
     * Takes one more value in.
     *
     * @param seenBefore
     *            that the same text came before: it fits and changes no extreme
     * @return false if it does not fit; the reading is of no use after that
     */
    boolean add(char[] text, int from, int to, boolean seenBefore);

    /** Takes many in, from one of them on; false if one does not fit. */
    boolean addAll(ColumnBytes run, int from);

    /** The same of one of them, which costs more: by its characters. */
    default boolean addCharacters(ColumnBytes run, int index) {
        char[] characters = run.characters(index);
        return add(characters, 0, characters.length, !run.isFresh(index));
    }

    ColumnType type();

    String min();

    String max();

    /** Null where a mean has no meaning or is no finite number. */
    default @Nullable Double mean() {
        return null;
    }

    /** Null where they have no meaning. */
    default FileProfile.@Nullable Quantiles quantiles() {
        return null;
    }

    /** A reading that the first value of a column fits, or null if that is text. */
    static @Nullable Reading startingWith(char[] text, int from, int to) {
        for (Reading reading : new Reading[]{new NumberReading(), new BooleanReading(), new MomentReading()}) {
            if (reading.add(text, from, to, false)) {
                return reading;
            }
        }
        return null;
    }
}
