package io.millrace.core.files;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * The result of {@link ProfileFile}. Only {@code format}, {@code bytes} and {@code sha256} are there for content that is
 * no table. Of what is packed, the content is described; {@code bytes} and {@code sha256} stay those of the file.
 *
 * @param format
 *            {@code csv}, {@code tsv}, {@code ndjson}, {@code json} for one JSON array of objects, or the media type of
 *            anything else
 * @param encoding
 *            the IANA name of the character set, e.g. {@code UTF-8}, which also stands for plain ASCII
 * @param delimiter
 *            one character; null for NDJSON and JSON
 * @param header
 *            whether the first row names the columns, as far as that can be guessed; false for NDJSON and JSON
 * @param rows
 *            records without the header and without the rejected ones; empty lines are none
 * @param rejectedRows
 *            records with more or fewer fields than the header, lines with a quote that is not closed within 1 Mi
 *            characters or at all, records of more than 4 Mi characters; NDJSON lines and JSON elements that are no JSON
 *            object or have more than 1 Mi characters; the missing end of a JSON array, with the element before it, and
 *            text behind the array are one each. They count nowhere else
 * @param bytes
 *            of the whole file
 * @param sha256
 *            64 lower case hex digits
 * @param columns
 *            in the order of the file, the first 10,000
 * @param packing
 *            {@code gzip}, {@code zstd} or {@code zip}; {@code gzip/zstd} for zstd within gzip; null for what is not packed
 *            or not unpacked
 * @param unpackedBytes
 *            of what is packed, when all of {@code packing} is undone
 * @param entries
 *            the files of a ZIP archive in its order, folders left out; only then
 * @param entriesLeftOut
 *            how many entries of the archive, folders included, were not looked at; null for none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FileProfile(String format, @Nullable String encoding, @Nullable String delimiter,
        @Nullable Boolean header, @Nullable Long rows, @Nullable Long rejectedRows, long bytes, String sha256,
        @Nullable List<Column> columns, @Nullable String packing, @Nullable Long unpackedBytes,
        @Nullable List<Entry> entries, @Nullable Long entriesLeftOut) {

    /** A file that is no table. */
    public static FileProfile opaque(String format, long bytes, String sha256) {
        return new FileProfile(format, null, null, null, null, null, bytes, sha256, null, null, null, null, null);
    }

    /** A table that is not packed. */
    public static FileProfile table(String format, String encoding, @Nullable String delimiter, boolean header,
            long rows, long rejectedRows, long bytes, String sha256, List<Column> columns) {
        return new FileProfile(format, encoding, delimiter, header, rows, rejectedRows, bytes, sha256, columns, null,
                null, null, null);
    }

    /** An archive. */
    public static FileProfile archive(String format, String packing, long unpackedBytes, List<Entry> entries,
            long entriesLeftOut, long bytes, String sha256) {
        return new FileProfile(format, null, null, null, null, null, bytes, sha256, null, packing, unpackedBytes,
                entries, entriesLeftOut == 0 ? null : entriesLeftOut);
    }

    /** The same content, packed once more into so many bytes. */
    public FileProfile packedAs(String outer, long packedBytes, String packedSha256) {
        return new FileProfile(format, encoding, delimiter, header, rows, rejectedRows, packedBytes, packedSha256,
                columns, packing == null ? outer : outer + "/" + packing, unpackedBytes == null ? bytes : unpackedBytes,
                entries, entriesLeftOut);
    }

    /** The same, less what takes most room. */
    public FileProfile withoutColumns() {
        return new FileProfile(format, encoding, delimiter, header, rows, rejectedRows, bytes, sha256, null, packing,
                unpackedBytes, entries, entriesLeftOut);
    }

    /**
     * One file of an archive.
     *
     * @param name
     *            as the archive has it, with folders, cut to 200 characters; a text, never to be used as a path, and perhaps
     *            that of another entry too
     * @param profile
     *            {@code bytes} and {@code sha256} are those of the unpacked file; null if it could not be read
     * @param refused
     *            why it could not be read or is not described in full, else null
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Entry(String name, @Nullable FileProfile profile, @Nullable String refused) {
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
     * value of the column, as a double if it is a number, whose rank is off by at most 1.33 % of their number with a
     * probability of 99 %. That is by chance: the next profile of the same file may have others within that error.
     * Written as numbers are in Java, or in ISO 8601 ({@code 2012-01-31}, {@code 2012-01-31T07:05Z}), in UTC where a zone was given.
     */
    public record Quantiles(String p5, String p25, String p50, String p75, String p95, String p99) {
    }
}
