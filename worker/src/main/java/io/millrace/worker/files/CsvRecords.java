package io.millrace.worker.files;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;

/**
 * The records of a delimited text, read with FastCSV in bounded memory: RFC 4180 with any line ends; empty lines are no
 * records; characters between a closing quote and the next delimiter belong to the field.
 *
 * <p>
 * A quote that is not closed before the end of the text, or within {@value #MAX_FIELD} characters, would take everything
 * behind it for its field. The record is rejected then, and reading goes on with the line after the one where the quote
 * stands. A field that is longer without a quote costs its record only, too.
 */
final class CsvRecords {

    /** Characters of one field, quotes included. */
    static final int MAX_FIELD = 1024 * 1024;

    private final RewindableReader text;
    private final char delimiter;

    CsvRecords(Reader text, char delimiter) {
        this.text = new RewindableReader(text);
        this.delimiter = delimiter;
    }

    /** Reads to the end. */
    void forEach(RecordSink sink) throws IOException {
        var fields = new FieldTrail(text, delimiter);
        while (!readWith(new RecordHandler(fields, sink))) {
            sink.reject();
            if (!text.continueAfterLineOf(fields.brokenField())) {
                return;
            }
            fields = new FieldTrail(text, delimiter);
        }
    }

    /** Reads to the end, or to a field that does not end: then it is false. */
    private boolean readWith(RecordHandler handler) throws IOException {
        try {
            // Not closed: the text goes on with the next parser.
            CsvReader.builder().fieldSeparator(delimiter).maxBufferSize(MAX_FIELD).allowExtraFields(true)
                    .allowMissingFields(true).allowExtraCharsAfterClosingQuote(true).build(handler, text)
                    .forEach(record -> {
                    });
            return !handler.endedWithinQuotes();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (CsvParseException e) {
            if (e.getCause() instanceof CsvParseException) {
                return false;
            }
            throw e;
        }
    }
}
