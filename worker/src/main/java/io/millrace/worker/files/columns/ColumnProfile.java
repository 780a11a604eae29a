package io.millrace.worker.files.columns;

import java.nio.charset.Charset;
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
        add(text, from, to, TextHash.of(text, from, to));
    }

    private void add(char[] text, int from, int to, long hash) {
        boolean fresh = count(text, from, to, hash);
        if (values == 1) {
            reading = Reading.startingWith(text, from, to);
        } else if (reading != null && !reading.add(text, from, to, !fresh)) {
            reading = null;
        }
    }

    /**
     * Takes in many as bytes.
     *
     * @param charset
     *            of those that are not ASCII, an extension of which it is; to decode an incomplete character as it is among
     *            others, the byte behind a value is looked at
     */
    public void addAll(ColumnBytes run, Charset charset, KnownTexts known) {
        if (!run.hash()) {
            addBeyondAscii(run, charset, known);
        }
        addAscii(run);
    }

    /** Leaves ASCII values that came after all others. */
    private void addBeyondAscii(ColumnBytes run, Charset charset, KnownTexts known) {
        int size = run.size();
        int waiting = 0;
        for (int i = 0; i < size; i++) {
            if (run.isAscii(i)) {
                run.move(i, waiting);
                waiting++;
            } else if (reading == null && distinct.has(known.hash(run.hash(i)))) {
                // It changes nothing but the count, so that those before it can wait.
                values++;
            } else {
                run.cut(waiting);
                addAscii(run);
                waiting = 0;
                decode(run, i, charset, known);
            }
        }
        run.cut(waiting);
    }

    private void decode(ColumnBytes run, int index, Charset charset, KnownTexts known) {
        char[] text = run.decode(index, charset);
        long hash = TextHash.of(text, 0, text.length - 1);
        add(text, 0, text.length - 1, hash);
        if (distinct.isExact()) {
            known.know(run.hash(index), hash);
        }
    }

    private void addAscii(ColumnBytes run) {
        if (run.size() == 0) {
            return;
        }
        if (run.countIn(distinct)) {
            addFresh(run);
        }
        int known = 0;
        if (values == 0) {
            char[] first = run.characters(0);
            reading = Reading.startingWith(first, 0, first.length);
            known = 1;
        }
        values += run.size();
        if (reading != null && !reading.addAll(run, known)) {
            reading = null;
        }
    }

    private void addFresh(ColumnBytes run) {
        for (int i = 0; i < run.size() && examples.size() < MAX_EXAMPLES; i++) {
            if (run.isFresh(i)) {
                char[] text = run.characters(i);
                examples.add(Excerpt.of(text, 0, text.length));
            }
        }
        texts.addFresh(run);
    }

    /** Takes in a value that was marked as text, so that it can be a date or a time but neither number nor boolean. */
    public void addString(char[] text, int from, int to) {
        boolean fresh = count(text, from, to, TextHash.of(text, from, to));
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
    private boolean count(char[] text, int from, int to, long hash) {
        values++;
        boolean fresh = distinct.add(hash);
        if (fresh) {
            texts.add(text, from, to);
            if (examples.size() < MAX_EXAMPLES) {
                examples.add(Excerpt.of(text, from, to));
            }
        }
        return fresh;
    }
}
