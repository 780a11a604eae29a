package io.millrace.worker.files;

import java.nio.charset.Charset;

import io.millrace.worker.files.columns.ColumnProfile;
import io.millrace.worker.files.columns.Columns;
import io.millrace.worker.files.columns.Eight;
import io.millrace.worker.files.columns.KnownTexts;

/** Profiles the columns of a delimited text. A record that is not as wide as the table is rejected. */
final class CsvTable implements RecordSink {

    private final CsvDialect dialect;
    private final Columns columns = new Columns();
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

    /** Takes a record as bytes, which is the same as {@link #accept(RecordText)} once there was a first one. */
    void accept(RecordScan fields, ByteWindow window) {
        if (fields.fields() == width) {
            rows++;
            row(fields, window);
        } else {
            rejected++;
        }
    }

    private void row(RecordScan fields, ByteWindow window) {
        byte[] text = window.bytes();
        boolean ascii = fields.isAscii();
        for (int i = 0; i < columns.size(); i++) {
            int start = fields.start(i);
            int end = fields.end(i);
            while (start < end && isBlank(text[start])) {
                start++;
            }
            while (start < end && isBlank(text[end - 1])) {
                end--;
            }
            if (NullText.is(text, start, end)) {
                continue;
            }
            if (ascii || Eight.isAscii(text, start, end)) {
                columns.get(i).addAscii(text, start, end);
            } else {
                decoded(columns.get(i), text, start, end, window.charset());
            }
        }
    }

    /** With the byte behind it, for an incomplete character there to be decoded as it is among others. */
    private void decoded(ColumnProfile column, byte[] text, int start, int end, Charset charset) {
        if (!column.addKnown(text, start, end, known)) {
            char[] chars = new String(text, start, end + 1 - start, charset).toCharArray();
            column.add(chars, 0, chars.length - 1);
            known.know(text, start, end, chars, chars.length - 1);
        }
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
