package io.millrace.worker.files;

import io.millrace.worker.files.columns.ColumnBytes;
import io.millrace.worker.files.columns.Columns;
import io.millrace.worker.files.columns.KnownTexts;

/** Profiles the columns of a delimited text. A record that is not as wide as the table is rejected. */
final class CsvTable implements RecordSink {

    private final CsvDialect dialect;
    private final Columns columns = new Columns();
    private final ColumnBytes values = new ColumnBytes();
    private final KnownTexts known = new KnownTexts();
    private int width;
    private boolean started;
    private long rows;
    private long rejected;

    CsvTable(CsvDialect dialect) {
        this.dialect = dialect;
        this.width = dialect.width();
    }

    TableSummary summary() {
        return new TableSummary(rows, rejected, columns.describe(rows));
    }

    /** Whether the record that says what the columns are called was there. */
    boolean hasStarted() {
        return started;
    }

    /** Whether a record of so many fields is one of the table, once there was a first one; if not, it is rejected. */
    boolean fits(int fields) {
        if (fields != width) {
            rejected++;
        }
        return fields == width;
    }

    /** Takes the records that were kept as bytes, which is the same as {@link #accept(RecordText)}, column by column. */
    void accept(RecordScan records, ByteWindow window) {
        for (int column = 0; column < columns.size(); column++) {
            column(records, column, window);
        }
        rows += records.kept();
        records.forget();
    }

    private void column(RecordScan records, int index, ByteWindow window) {
        byte[] text = window.bytes();
        values.startOver(text);
        for (int record = 0; record < records.kept(); record++) {
            int start = records.start(record, index);
            int end = records.end(record, index);
            while (start < end && isBlank(text[start])) {
                start++;
            }
            while (start < end && isBlank(text[end - 1])) {
                end--;
            }
            if (!NullText.is(text, start, end)) {
                values.add(start, end);
            }
        }
        columns.get(index).addAll(values, window.charset(), known);
    }

    private static boolean isBlank(byte b) {
        return b <= ' ' && b >= 0;
    }

    @Override
    public void accept(RecordText fields) {
        if (width == 0) {
            width = fields.fields();
        }
        if (fields.fields() != width) {
            rejected++;
        } else if (started) {
            row(fields);
        } else {
            start(fields);
        }
    }

    @Override
    public void reject() {
        rejected++;
    }

    private void start(RecordText first) {
        started = true;
        for (int i = 0; i < Math.min(width, Columns.MAX); i++) {
            columns.add(dialect.header() ? first.field(i) : "");
        }
        if (!dialect.header()) {
            row(first);
        }
    }

    private void row(RecordText fields) {
        rows++;
        char[] text = fields.text();
        for (int i = 0; i < columns.size(); i++) {
            int start = fields.start(i);
            int end = fields.end(i);
            if (!NullText.is(text, start, end)) {
                columns.get(i).add(text, start, end);
            }
        }
    }
}
