package io.millrace.worker.files;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.millrace.worker.files.columns.ColumnProfile;
import io.millrace.worker.files.columns.ColumnType;
import io.millrace.worker.files.columns.Columns;

/**
 * Whether the first record names the columns. Each column votes, after the manner of csv.Sniffer in Python's library:
 *
 * <ul>
 * <li>for a header, if its other values are all numbers, dates or booleans and the first is not;
 * <li>against, if the first is of their type as well;
 * <li>against, if it is a column of text in which the first value comes again;
 * <li>else it abstains.
 * </ul>
 *
 * In a draw the first record is a header if all its fields are text, none empty and no two the same. So the header of a
 * table of nothing but text is found, and a table of two lines of text without one is misread; nobody can tell. A header
 * with numbers for names ({@code country,2019,2020}) over numbers is taken for data.
 */
final class HeaderGuess implements RecordSink {

    private final int width;
    private final Columns columns = new Columns();
    private final List<String> first = new ArrayList<>();

    private HeaderGuess(int width) {
        this.width = width;
    }

    static boolean of(Sample sample, DelimiterGuess guess) throws IOException {
        var header = new HeaderGuess(guess.width());
        new CsvRecords(new StringReader(sample.text()), guess.delimiter()).forEach(header);
        if (sample.isCutOff() && !header.first.isEmpty()) {
            header.first.removeLast();
        }
        return header.isLikely();
    }

    @Override
    public void accept(RecordText fields) {
        if (fields.fields() != width) {
            return;
        }
        if (first.isEmpty()) {
            for (int i = 0; i < Math.min(width, Columns.MAX); i++) {
                first.add(fields.field(i));
                columns.add("");
            }
            return;
        }
        for (int i = 0; i < columns.size(); i++) {
            if (!NullText.is(fields.text(), fields.start(i), fields.end(i))) {
                columns.get(i).add(fields.text(), fields.start(i), fields.end(i));
            }
        }
    }

    @Override
    public void reject() {
        // It has no fields to judge by.
    }

    private boolean isLikely() {
        int votes = 0;
        for (int i = 0; i < first.size(); i++) {
            votes += vote(columns.get(i), first.get(i).toCharArray());
        }
        return votes == 0 ? namesEachColumn() : votes > 0;
    }

    private static int vote(ColumnProfile others, char[] value) {
        var type = others.type();
        if (value.length == 0 || type == ColumnType.EMPTY) {
            return 0;
        }
        long distinct = others.distinct();
        others.add(value, 0, value.length);
        if (type == ColumnType.TEXT) {
            return others.distinct() == distinct ? -1 : 0;
        }
        return others.type() == ColumnType.TEXT ? 1 : -1;
    }

    private boolean namesEachColumn() {
        return !first.isEmpty() && Set.copyOf(first).size() == first.size()
                && first.stream().allMatch(HeaderGuess::isText);
    }

    private static boolean isText(String value) {
        var column = new Columns().add("");
        column.add(value.toCharArray(), 0, value.length());
        return !value.isEmpty() && column.type() == ColumnType.TEXT;
    }
}
