package io.millrace.core.files;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * The result of {@link ProfileFile}. Only {@code format}, {@code bytes} and {@code sha256} are there for content that is
 * no table.
 *
 * @param format
 *            {@code csv}, {@code tsv}, {@code ndjson}, or the media type of anything else
 * @param encoding
 *            the IANA name of the character set, e.g. {@code UTF-8}
 * @param delimiter
 *            one character; null for NDJSON
 * @param header
 *            whether the first row names the columns
 * @param rows
 *            records without the header and without the rejected ones
 * @param rejectedRows
 *            records with more or fewer fields than the header, or that are no JSON object
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FileProfile(String format, @Nullable String encoding, @Nullable String delimiter,
        @Nullable Boolean header, @Nullable Long rows, @Nullable Long rejectedRows, long bytes, String sha256,
        @Nullable List<Column> columns) {

    /** A file that is no table. */
    public static FileProfile opaque(String format, long bytes, String sha256) {
        return new FileProfile(format, null, null, null, null, null, bytes, sha256, null);
    }

    /**
     * One column.
     *
     * @param type
     *            {@code integer}, {@code number}, {@code boolean}, {@code date}, {@code datetime}, {@code text} or
     *            {@code empty}: the narrowest that every value fits
     * @param nulls
     *            empty fields, or absent and null ones in NDJSON
     * @param distinct
     *            how many different values; exact if {@code distinctIsExact}, else an estimate within a few percent
     * @param min
     *            smallest value in the order of its type, as it stands in the file; null without values
     * @param mean
     *            for integer and number only
     * @param examples
     *            the first few different values, cut to 100 characters
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Column(String name, String type, long nulls, long distinct, boolean distinctIsExact,
            @Nullable String min, @Nullable String max, @Nullable Double mean, List<String> examples) {
    }
}
