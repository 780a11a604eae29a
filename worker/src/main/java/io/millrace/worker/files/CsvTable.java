package io.millrace.worker.files;

import java.io.IOException;
import java.io.Reader;

import io.millrace.worker.files.columns.Columns;

/** Profiles the columns of a delimited text. A record that is not as wide as the table is rejected. */
final class CsvTable implements RecordSink {

    private final CsvDialect dialect;
    private final Columns columns = new Columns();
    private int width;
    private boolean started;
    private long rows;
    private long rejected;

    private CsvTable(CsvDialect dialect) {
        this.dialect = dialect;
        this.width = dialect.width();
    }

    static TableSummary read(Reader text, CsvDialect dialect) throws IOException {
        var table = new CsvTable(dialect);
        new CsvRecords(text, dialect.delimiter()).forEach(table);
        return new TableSummary(table.rows, table.rejected, table.columns.describe(table.rows));
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
