package io.millrace.worker.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.Charset;

/**
 * The records of a delimited text, read by bytes as far as possible, else by characters. Both come to the same; the bytes
 * are a few times faster. Three things are a matter of characters, and so is all that follows them: a record of more than
 * {@value ByteWindow#MAX} bytes, a quote that is not closed within as many, and one behind which something else stands than a
 * delimiter or a line break. So is the last line if it has no line break.
 */
final class CsvText {

    private final ByteWindow window;
    private final char delimiter;
    private final RecordScan scan;

    private CsvText(ByteWindow window, char delimiter) {
        this.window = window;
        this.delimiter = delimiter;
        this.scan = new RecordScan(delimiter);
    }

    /**
     * Reads to the end.
     *
     * @return the encoding, which is certain only then
     */
    static Charset read(InputStream input, TextEncoding encoding, char delimiter, CsvTable table) throws IOException {
        var rest = ByteWindow.fits(encoding)
                ? new CsvText(new ByteWindow(encoding, input), delimiter).readBytes(table)
                : encoding.read(input);
        new CsvRecords(rest, delimiter).forEach(table);
        return rest.charset();
    }

    /** What is left is for another to read. */
    private TextReader readBytes(CsvTable table) throws IOException {
        do {
            while (scan.scan(window.bytes(), window.start(), window.end())) {
                record(table);
                window.startAt(scan.end() + 1);
            }
            table.accept(scan, window);
        } while (!scan.isOdd() && window.readMore());
        return window.rest();
    }

    private void record(CsvTable table) throws IOException {
        if (scan.end() == window.start()) {
            return;
        }
        if (!table.hasStarted()) {
            int length = scan.end() - window.start();
            String text = new String(window.bytes(), window.start(), length, window.charset()) + "\n\n";
            new CsvRecords(new StringReader(text), delimiter).forEach(table);
        } else if (table.fits(scan.fields()) && !scan.keep()) {
            table.accept(scan, window);
        }
    }
}
