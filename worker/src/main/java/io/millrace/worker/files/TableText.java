package io.millrace.worker.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;

import io.millrace.core.files.StoredFile;
import io.millrace.jobs.PermanentFailure;

/**
 * The text of a stored table, for whoever wants its rows. What it is is decided by its head, as {@code profile-file} does.
 *
 * @param text
 *            the characters without a byte order mark; those that could not be decoded are U+FFFD. Closing it closes the content
 * @param jsonLines
 *            whether it is a JSON object a line, else it is fields between delimiters
 * @param delimiter
 *            what is between the fields; no meaning for JSON
 */
public record TableText(Reader text, boolean jsonLines, char delimiter) {

    private static final FormatDetector DETECTOR = new FormatDetector();

    /**
     * The same for the same file, whenever it is opened.
     *
     * @param content
     *            at its first byte
     * @throws PermanentFailure
     *             if it is no table
     * @throws IOException
     *             what the content throws
     */
    public static TableText of(StoredFile file, InputStream content) throws IOException {
        var head = ByteHead.of(content);
        var all = head.followedBy(content);
        return switch (DETECTOR.detect(head, new FileHints(file.name(), file.contentType()), false)) {
            case FileFormat.Delimited table ->
                new TableText(table.encoding().read(all), false, table.dialect().delimiter());
            case FileFormat.JsonLines table -> new TableText(table.encoding().read(all), true, '\n');
            case FileFormat.JsonArray _ -> throw refused(file, "a JSON array");
            case FileFormat.Packed _,FileFormat.Zip _ -> throw refused(file, "packed");
            case FileFormat.Opaque opaque -> throw refused(file, opaque.mediaType());
        };
    }

    private static PermanentFailure refused(StoredFile file, String what) {
        return new PermanentFailure(
                "file " + file.id() + " is " + what + ", neither CSV, TSV nor NDJSON: send one of these, with"
                        + " a name that ends in .csv, .tsv or .ndjson or with its Content-Type");
    }
}
