package io.millrace.worker.files;

import java.util.Arrays;

import io.millrace.worker.files.columns.ColumnBytes;
import io.millrace.worker.files.columns.Columns;
import io.millrace.worker.files.columns.Eight;

/**
 * Finds the fields of records among bytes, eight at a time: L. Lamport, "Multiple Byte Processing with Full-Word
 * Instructions" (1975). A field that begins with a quote ends behind the first quote that is not one of two. Where the fields
 * of a record are is kept with those of others if it is wanted.
 */
final class RecordScan {

    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long LOW_BITS = 0x7F * ONES;
    private static final long HIGH_BITS = ~LOW_BITS;
    /** Line breaks are control characters below 0x0E, whose high bit stays clear with this. */
    private static final long CONTROLS = (0x80 - 0x0E) * ONES;
    /** Moves the lowest bit of each byte into the highest byte. */
    private static final long GATHER = 0x0102_0408_1020_4080L;
    private static final long QUOTES = '"' * ONES;
    /** Of so many fields the places are kept, more or less: with their bytes they are still near the processor then. */
    private static final int MANY = 2048;

    private final byte delimiter;
    private final long delimiters;
    private byte[] bytes = {};
    private int limit;
    private int[] starts = new int[64];
    private int[] ends = new int[64];
    /** Of which 64 bytes is known where fields may end; -1 of none. */
    private int block = -1;
    private long marks;
    private int kept;
    private int width;
    private int base;
    private int fields;
    private int end;
    private boolean odd;
    private boolean doubled;

    RecordScan(char delimiter) {
        this.delimiter = (byte) delimiter;
        this.delimiters = delimiter * ONES;
    }

    /** Looks for a record from a position on; false if it does not end before the limit, or is odd. */
    boolean scan(byte[] source, int from, int to) {
        bytes = source;
        limit = to;
        fields = 0;
        odd = false;
        doubled = false;
        int at = from;
        do {
            if (at >= limit) {
                return false;
            }
            end = bytes[at] == '"' ? quoted(at + 1) : plain(at);
            if (end < 0) {
                return false;
            }
            at = end + 1;
        } while (bytes[end] == delimiter);
        // At the very end of a text, the reader of characters looks behind a CR.
        return bytes[end] != '\r' || at < limit;
    }

    /** Where its line break stands. */
    int end() {
        return end;
    }

    int fields() {
        return fields;
    }

    /** Keeps the record that was scanned, which is as wide as those that are kept already; false if it is the last there is room for. */
    boolean keep() {
        undouble();
        kept++;
        width = Math.min(fields, Columns.MAX);
        base += width;
        return kept < ColumnBytes.MAX && base < MANY;
    }

    int kept() {
        return kept;
    }

    /** Must come before the bytes are moved or more follow. */
    void forget() {
        kept = 0;
        base = 0;
        block = -1;
    }

    /** Where a field of one of the records that are kept begins, its quote not included. */
    int start(int record, int field) {
        return starts[record * width + field];
    }

    int end(int record, int field) {
        return ends[record * width + field];
    }

    /** Whether something else stands behind a closing quote than a delimiter or a line break. */
    boolean isOdd() {
        return odd;
    }

    /** Adds a field that has no quotes around it; its end, or -1. */
    private int plain(int from) {
        int at = from;
        while (at < limit) {
            if ((at & -Long.SIZE) != block) {
                mark(at & -Long.SIZE);
            }
            long next = marks >>> at;
            if (next == 0) {
                at = block + Long.SIZE;
                continue;
            }
            at += Long.numberOfTrailingZeros(next);
            if (at >= limit) {
                return -1;
            }
            if (ends(bytes[at])) {
                add(from, at);
                return at;
            }
            at++;
        }
        return -1;
    }

    /** Marks which of 64 bytes may end a field: fields are short, so that several are found in one look. */
    private void mark(int start) {
        block = start;
        marks = 0;
        int words = Math.min(Long.BYTES, (limit - start + Long.BYTES - 1) / Long.BYTES);
        for (int word = 0; word < words; word++) {
            long eight = Eight.at(bytes, start + Long.BYTES * word);
            long unlike = eight ^ delimiters;
            long others = (((unlike & LOW_BITS) + LOW_BITS) | unlike) & (((eight & LOW_BITS) + CONTROLS) | eight);
            long ends = (~others & HIGH_BITS) >>> (Byte.SIZE - 1);
            marks |= ((ends * GATHER) >>> (Long.SIZE - Byte.SIZE)) << (Long.BYTES * word);
        }
    }

    /** Adds a field behind an opening quote; where its delimiter or line break stands, or -1. */
    private int quoted(int from) {
        int quote = nextQuote(from);
        while (quote >= 0 && quote + 1 < limit) {
            byte next = bytes[quote + 1];
            if (ends(next)) {
                add(from, quote);
                return quote + 1;
            }
            if (next != '"') {
                odd = true;
                return -1;
            }
            doubled = true;
            quote = nextQuote(quote + 2);
        }
        return -1;
    }

    private int nextQuote(int from) {
        for (int at = from; at < limit; at += 8) {
            long eight = Eight.at(bytes, at);
            long found = Eight.zeros(eight ^ QUOTES);
            if (found != 0) {
                int quote = at + (Long.numberOfTrailingZeros(found) >>> 3);
                return quote < limit ? quote : -1;
            }
        }
        return -1;
    }

    private boolean ends(byte b) {
        return b == delimiter || b == '\n' || b == '\r';
    }

    private void add(int from, int to) {
        if (fields < Columns.MAX) {
            int at = base + fields;
            if (at == starts.length) {
                starts = Arrays.copyOf(starts, 2 * at);
                ends = Arrays.copyOf(ends, 2 * at);
            }
            starts[at] = from;
            ends[at] = to;
        }
        fields++;
    }

    /** Makes one of two quotes in a row within others; in place, so that the record cannot be scanned again. */
    private void undouble() {
        if (!doubled) {
            return;
        }
        for (int field = base; field < base + Math.min(fields, Columns.MAX); field++) {
            int from = starts[field];
            if (from > 0 && bytes[from - 1] == '"') {
                int target = from;
                for (int at = from; at < ends[field]; at++) {
                    bytes[target++] = bytes[at];
                    if (bytes[at] == '"') {
                        at++;
                    }
                }
                ends[field] = target;
            }
        }
    }
}
