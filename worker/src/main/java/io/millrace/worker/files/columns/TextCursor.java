package io.millrace.worker.files.columns;

/** A place in a range of characters that moves over what it reads. */
final class TextCursor {

    private static final int MAX_DIGITS = 9;

    private char[] text = {};
    private int at;
    private int end;
    private int digits;

    void over(char[] source, int from, int to) {
        text = source;
        at = from;
        end = to;
    }

    int position() {
        return at;
    }

    void moveTo(int position) {
        at = position;
    }

    boolean atEnd() {
        return at == end;
    }

    /** The next character, or NUL at the end. */
    char peek() {
        return at < end ? text[at] : '\0';
    }

    /** Moves over one character of the given, if one is next. */
    boolean skipAny(String characters) {
        boolean found = at < end && characters.indexOf(text[at]) >= 0;
        if (found) {
            at++;
        }
        return found;
    }

    void skipBlanks() {
        while (at < end && text[at] == ' ') {
            at++;
        }
    }

    /** The number that is next, or -1 if it has fewer or more digits than allowed (at most 9). */
    int number(int minDigits, int maxDigits) {
        int value = 0;
        int start = at;
        while (at < end && at - start < MAX_DIGITS && isDigit(text[at])) {
            value = 10 * value + text[at] - '0';
            at++;
        }
        digits = at - start;
        return digits < minDigits || digits > maxDigits ? -1 : value;
    }

    /** How many digits the last number had. */
    int digits() {
        return digits;
    }

    /** The Latin letters that are next, up to 9, in lower case. */
    String word() {
        var word = new StringBuilder(MAX_DIGITS);
        while (at < end && word.length() < MAX_DIGITS && Character.isLetter(text[at])) {
            word.append(Character.toLowerCase(text[at++]));
        }
        return word.toString();
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
