package io.millrace.worker.files;

/**
 * Where in the text the parser's last complete field stands, so that the one after it can be found when the parser gives
 * up on that. Follows FastCSV's rule: a field that begins with a quote ends at the first delimiter or line end with an
 * even number of quotes before it.
 */
final class FieldTrail {

    private final RewindableReader text;
    private final char delimiter;
    private long last;
    private boolean any;
    private boolean quoted;

    FieldTrail(RewindableReader text, char delimiter) {
        this.text = text;
        this.delimiter = delimiter;
        this.last = text.position();
    }

    /** There was a field whose characters, without quotes, begin there in the parser's buffer. */
    void completed(int bufferIndex, boolean withinQuotes) {
        // Of an empty field at the very end the parser gives no true place.
        last = Math.max(last, text.positionOf(bufferIndex));
        quoted = withinQuotes;
        any = true;
        text.keepFrom(last);
    }

    /** Whether the last field is one whose quote was not closed by the end of the text. */
    boolean endsWithinQuotes() {
        return quoted && text.isEnded() && endOfLast() < 0;
    }

    /** The position of the field that does not end. */
    long brokenField() {
        if (!any) {
            return afterLineBreaks(last);
        }
        long end = endOfLast();
        if (end < 0) {
            return last;
        }
        return text.charAt(end) == delimiter ? end + 1 : afterLineBreaks(end);
    }

    private long afterLineBreaks(long start) {
        long at = start;
        while (at < text.keptEnd() && RewindableReader.isLineBreak(text.charAt(at))) {
            at++;
        }
        return at;
    }

    /** Where the last field's delimiter or line end stands, -1 if there is none. */
    private long endOfLast() {
        boolean within = quoted;
        for (long at = last; at < text.keptEnd(); at++) {
            char c = text.charAt(at);
            if (quoted && c == '"') {
                within = !within;
            } else if (!within && (c == delimiter || RewindableReader.isLineBreak(c))) {
                return at;
            }
        }
        return -1;
    }
}
