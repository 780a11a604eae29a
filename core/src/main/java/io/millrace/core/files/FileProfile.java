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
 *            the IANA name of the character set, e.g. {@code UTF-8}, which also stands for plain ASCII
 * @param delimiter
 *            one character; null for NDJSON
 * @param header
 *            whether the first row names the columns, as far as that can be guessed; false for NDJSON
 * @param rows
 *            records without the header and without the rejected ones; empty lines are none
 * @param rejectedRows
 *            records with more or fewer fields than the header, lines with a quote that is not closed within 1 Mi
 *            characters or at all, records of more than 4 Mi characters; NDJSON lines that are no JSON object or have more
 *            than 1 Mi characters. They count nowhere else
 * @param bytes
 *            of the whole file
 * @param sha256
 *            64 lower case hex digits
 * @param columns
 *            in the order of the file, the first 10,000
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
     * @param name
     *            cut to 200 characters; {@code column3} for the third if it has none, {@code a_2} for the second {@code a}
     * @param type
     *            {@code integer}, {@code number} (decimals), {@code boolean}, {@code date}, {@code datetime} (a date with a
     *            time), {@code text} or {@code empty}: the narrowest that every value fits
     * @param nulls
     *            empty fields and those that hold one of the words NA, N/A, null, NULL, NaN, nan, \N; in NDJSON absent
     *            members and nulls
     * @param distinct
     *            how many different values, told apart by their text: exact if {@code distinctIsExact} (up to 10,000 in a
     *            file of up to a hundred such columns), else an estimate (standard error 1.3 %)
     * @param min
     *            smallest value in the order of its type, as it stands in the file but cut to 100 characters; null without
     *            values
     * @param max
     *            greatest, likewise
     * @param mean
     *            for integer and number only, where it is finite
     * @param quantiles
     *            for integer, number, date and datetime only; null in results from before there were any
     * @param examples
     *            the first few different values, cut to 100 characters
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Column(String name, String type, long nulls, long distinct, boolean distinctIsExact,
            @Nullable String min, @Nullable String max, @Nullable Double mean, @Nullable Quantiles quantiles,
            List<String> examples) {
    }

    /**
     * The values that so many percent of a column's values do not exceed. Exact up to 200 values; beyond that each is a
     * value of the column whose rank is off by less than 2 % of their number in 99 of 100 cases. Written as numbers are
     * in Java, or in ISO 8601 ({@code 2012-01-31}, {@code 2012-01-31T07:05Z}), in UTC where a zone was given.
     */
    public record Quantiles(String p5, String p25, String p50, String p75, String p95, String p99) {
    }
}
