package io.millrace.worker.files;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The delimiter that makes the most regular table of a sample. Tab, comma, semicolon, pipe, caret and tilde are each tried; the best is
 * the one with the greatest share of records as wide as the first, wider tables being better evidence than narrow ones. A
 * comma that only ever stands between digits is a decimal comma and out, if there is another. Where none makes a table,
 * the text has one column.
 *
 * @param width
 *            how many fields a record has: as many as the first, or where that has only one (a title), as many as most of
 *            the others; 0 without any
 * @param agreement
 *            the share of records that are so wide
 * @param titled
 *            whether the first is not
 * @param records
 *            how many were looked at
 */
record DelimiterGuess(char delimiter, int width, double agreement, boolean titled, int records) {

    /** In the order in which they win a draw. */
    private static final List<Character> CANDIDATES = List.of('\t', ',', ';', '|', '^', '~');

    private static final Pattern COMMA_NOT_BETWEEN_DIGITS = Pattern.compile("(?<![0-9]),|,(?![0-9])");
    private static final double MOST = 0.8;
    private static final double CONVINCING = 0.9;
    private static final int CONVINCING_RECORDS = 3;

    static DelimiterGuess of(Sample sample, Optional<TableFormat> said) throws IOException {
        List<DelimiterGuess> tables = new ArrayList<>();
        for (char delimiter : CANDIDATES) {
            var guess = of(sample, delimiter);
            if (guess.width > 1) {
                tables.add(guess);
            }
        }
        if (tables.size() > 1 && !COMMA_NOT_BETWEEN_DIGITS.matcher(sample.text()).find()) {
            tables.removeIf(guess -> guess.delimiter == ',');
        }
        var best = tables.stream().max(Comparator.comparingDouble(DelimiterGuess::score));
        return best.isPresent() ? best.get() : of(sample, said.equals(Optional.of(TableFormat.TSV)) ? '\t' : ',');
    }

    /** Or 0, if the first record is longer than the sample and will have to say it. */
    int widthIn(Sample sample) {
        return sample.isCutOff() ? 0 : width;
    }

    private static DelimiterGuess of(Sample sample, char delimiter) throws IOException {
        var widths = new RecordWidths();
        new CsvRecords(new StringReader(sample.text()), delimiter).forEach(widths);
        int common = widths.mostCommon();
        boolean titled = widths.first() == 1 && common > 1 && widths.share(common) >= MOST;
        int width = titled ? common : widths.first();
        return new DelimiterGuess(delimiter, width, widths.share(width), titled, widths.records());
    }

    private double score() {
        return agreement * (1 - 1.0 / width) * (titled ? 0.5 : 1);
    }

    /** Whether even a text of which nobody said that it is a table must be one. */
    boolean isConvincing() {
        return width > 1 && !titled && agreement >= CONVINCING && records >= CONVINCING_RECORDS;
    }
}
