package io.millrace.worker.files.columns;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.millrace.core.files.FileProfile;

/**
 * What is known of one column, in memory that does not grow with the number of its values. For one thread.
 *
 * <p>
 * Values are told apart by their text: {@code 1.0} and {@code 1.00} are two. Extremes are in the order of the column's
 * type; of those that are equal there, the first stands. Extremes and examples are cut to 100 characters.
 */
public final class ColumnProfile {

    private static final int MAX_EXAMPLES = 5;

    private final String name;
    private final DistinctCount distinct;
    private final List<String> examples = new ArrayList<>(0);
    private final TextRange texts = new TextRange();
    private long values;
    private @Nullable Reading reading;

    ColumnProfile(String name, DistinctBudget budget) {
        this.name = name;
        this.distinct = new DistinctCount(budget);
    }

    /** Takes in a value that is whatever it looks like. */
    public void add(char[] text, int from, int to) {
        boolean fresh = count(text, from, to);
        if (values == 1) {
            reading = Reading.startingWith(text, from, to);
        } else if (reading != null && !reading.add(text, from, to, !fresh)) {
            reading = null;
        }
    }

    /** The same, of ASCII characters that are followed by {@value Eight#PADDING} bytes, whatever they are. */
    public void addAscii(byte[] text, int from, int to) {
        values++;
        boolean fresh = distinct.add(TextHash.ofAscii(text, from, to));
        if (fresh) {
            texts.addAscii(text, from, to);
            if (examples.size() < MAX_EXAMPLES) {
                examples.add(Excerpt.of(Eight.widen(text, from, to), 0, to - from));
            }
        }
        if (values == 1) {
            reading = Reading.startingWith(Eight.widen(text, from, to), 0, to - from);
        } else if (reading != null && !reading.addAscii(text, from, to, !fresh)) {
            reading = null;
        }
    }

    /**
     * Takes in bytes that are followed by {@value Eight#PADDING} others, if they are known as those of a text that came before
     * and changes nothing but the counts.
     *
     * @return false if they must be decoded and {@linkplain #add added}
     */
    public boolean addKnown(byte[] text, int from, int to, KnownTexts known) {
        if (reading != null || !distinct.has(known.hash(TextHash.ofAscii(text, from, to)))) {
            return false;
        }
        values++;
        return true;
    }

    /** Takes in a value that was marked as text, so that it can be a date or a time but neither number nor boolean. */
    public void addString(char[] text, int from, int to) {
        boolean fresh = count(text, from, to);
        if (values == 1) {
            reading = new MomentReading();
        }
        if (!(reading instanceof MomentReading moments && moments.add(text, from, to, !fresh))) {
            reading = null;
        }
    }

    /** The narrowest type that all values so far fit. */
    public ColumnType type() {
        if (reading != null) {
            return reading.type();
        }
        return values == 0 ? ColumnType.EMPTY : ColumnType.TEXT;
    }

    /** How many different values there are, perhaps estimated. */
    public long distinct() {
        return distinct.value();
    }

    /**
     * The profile of the column in a file of so many rows.
     *
     * @param rows
     *            how many rows were read; those without a value are nulls
     */
    FileProfile.Column describe(long rows) {
        String min = null;
        String max = null;
        Double mean = null;
        FileProfile.Quantiles quantiles = null;
        if (reading != null) {
            min = reading.min();
            max = reading.max();
            mean = reading.mean();
            quantiles = reading.quantiles();
        } else if (values > 0) {
            min = texts.min();
            max = texts.max();
        }
        return new FileProfile.Column(name, type().label(), rows - values, distinct.value(), distinct.isExact(), min,
                max, mean, quantiles, List.copyOf(examples));
    }

    /** Whether the value may be a new one. */
    private boolean count(char[] text, int from, int to) {
        values++;
        boolean fresh = distinct.add(TextHash.of(text, from, to));
        if (fresh) {
            texts.add(text, from, to);
            if (examples.size() < MAX_EXAMPLES) {
                examples.add(Excerpt.of(text, from, to));
            }
        }
        return fresh;
    }
}
