package io.millrace.worker.users;

import java.io.IOException;
import java.io.Reader;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * The rows of a text, one after the other in the same memory, each with its own characters, which parsers of CSV do not
 * keep. Fields may be quoted as in RFC 4180; a row ends with CR, LF or both.
 *
 * <p>
 * A quote that is not closed costs its line only: the row after it begins with the next line. Not closed is one that has no
 * other within {@value #MAX_ROW} characters, or whose other stands on a later line in the middle of a field, and so is
 * another field's. The same text always gives the same rows.
 */
final class RowText {

    /** Characters of one row. */
    static final int MAX_ROW = 1024 * 1024;

    private static final int ORIGINAL = 2_000;

    private final SlidingText text;
    private final char delimiter;
    private final boolean quotes;
    private int length;
    private int next;
    private long number;
    private int[] bounds = new int[64];
    private int fields;
    private @Nullable String damage;
    private @Nullable String cut;

    private RowText(Reader text, char delimiter, boolean quotes) {
        this.text = new SlidingText(text, MAX_ROW);
        this.delimiter = delimiter;
        this.quotes = quotes;
    }

    static RowText delimited(Reader text, char delimiter) {
        return new RowText(text, delimiter, true);
    }

    /** Each line is a row of one field. */
    static RowText lines(Reader text) {
        return new RowText(text, '\n', false);
    }

    /** Goes to the next row; false if there is none. */
    boolean advance() throws IOException {
        text.moveOn(next);
        next = 0;
        length = 0;
        fields = 0;
        damage = null;
        cut = null;
        if (!text.has(0)) {
            return false;
        }
        number++;
        int endless = scan();
        if (endless >= 0) {
            giveUp(endless);
        }
        return true;
    }

    /** 1 for the first row of the text, whatever it holds. */
    long number() {
        return number;
    }

    /** What keeps the row from being read; null if nothing does. */
    @Nullable
    String damage() {
        return damage;
    }

    /** Whether there is nothing in any of its fields. */
    boolean isBlank() {
        int at = 0;
        while (at < length && isNothing(text.charAt(at))) {
            at++;
        }
        return at == length && damage == null;
    }

    int fields() {
        return fields;
    }

    /** A field's value, without blanks around it. */
    String field(int field) {
        int from = bounds[2 * field];
        int to = bounds[2 * field + 1];
        boolean quoted = quotes && from < to && text.charAt(from) == '"';
        return (quoted ? unquoted(from + 1, to) : text.substring(from, to)).strip();
    }

    /** The row as it stands in the text, cut to 2,000 characters and an ellipsis. */
    String original() {
        return cut == null ? cut(length) : cut;
    }

    char[] buffer() {
        return text.buffer();
    }

    /** Where in the buffer the row begins. */
    int start() {
        return text.start();
    }

    int length() {
        return length;
    }

    /** Finds the fields up to the end of the row; or returns where the field begins that does not end. */
    private int scan() throws IOException {
        int at = 0;
        while (true) {
            int field = at;
            if (quotes && text.has(at) && text.charAt(at) == '"') {
                at = afterQuotes(field);
                if (at < 0) {
                    return field;
                }
            }
            while (text.has(at) && !endsField(text.charAt(at))) {
                at++;
            }
            if (at == MAX_ROW) {
                return field;
            }
            add(field, at);
            if (!text.has(at) || isLineBreak(text.charAt(at))) {
                length = at;
                next = afterLineBreak(at);
                return -1;
            }
            at++;
        }
    }

    private int afterQuotes(int field) throws IOException {
        boolean lines = false;
        for (int at = field + 1; text.has(at); at++) {
            char c = text.charAt(at);
            lines |= isLineBreak(c);
            if (c == '"') {
                if (!text.has(at + 1) || text.charAt(at + 1) != '"') {
                    boolean anothers = lines && text.has(at + 1) && !endsField(text.charAt(at + 1));
                    return anothers ? -1 : at + 1;
                }
                at++;
            }
        }
        return -1;
    }

    private void giveUp(int field) throws IOException {
        damage = quotes && text.has(field) && text.charAt(field) == '"'
                ? "a quote is opened and never closed: close it, or double it where it is meant"
                : "the row is longer than " + MAX_ROW + " characters";
        fields = 0;
        int at = field;
        while (text.has(at) && !isLineBreak(text.charAt(at))) {
            at++;
        }
        cut = cut(at);
        length = at;
        if (at < MAX_ROW) {
            next = afterLineBreak(at);
        } else {
            dropLine();
        }
    }

    private void dropLine() throws IOException {
        text.moveOn(length);
        length = 0;
        while (text.has(0)) {
            if (isLineBreak(text.charAt(0))) {
                next = afterLineBreak(0);
                return;
            }
            text.moveOn(1);
        }
    }

    private int afterLineBreak(int at) throws IOException {
        if (!text.has(at)) {
            return at;
        }
        return text.charAt(at) == '\r' && text.has(at + 1) && text.charAt(at + 1) == '\n' ? at + 2 : at + 1;
    }

    private void add(int from, int to) {
        if (2 * fields == bounds.length) {
            bounds = Arrays.copyOf(bounds, 2 * bounds.length);
        }
        bounds[2 * fields] = from;
        bounds[2 * fields + 1] = to;
        fields++;
    }

    /** What follows the closing quote belongs to the field. */
    private String unquoted(int from, int to) {
        var value = new StringBuilder(to - from);
        boolean within = true;
        for (int at = from; at < to; at++) {
            if (within && text.charAt(at) == '"') {
                within = at + 1 < to && text.charAt(at + 1) == '"';
                if (!within) {
                    continue;
                }
                at++;
            }
            value.append(text.charAt(at));
        }
        return value.toString();
    }

    private String cut(int end) {
        return end <= ORIGINAL ? text.substring(0, end) : text.substring(0, ORIGINAL) + '…';
    }

    private boolean endsField(char c) {
        return c == delimiter || isLineBreak(c);
    }

    private boolean isNothing(char c) {
        return c <= ' ' || c == delimiter || (quotes && c == '"');
    }

    private static boolean isLineBreak(char c) {
        return c == '\n' || c == '\r';
    }
}
