package io.millrace.worker.files;

import java.io.IOException;

/**
 * The text of a file's head, to guess from.
 *
 * @param text
 *            whole lines, unless the first is longer than the head
 * @param whole
 *            whether that is all the file has
 */
record Sample(String text, boolean whole) {

    private static final int PERCENT = 100;
    private static final String UNREADABLE = "\uFFFD";

    static Sample of(ByteHead head, TextEncoding encoding) throws IOException {
        String text = encoding.decode(head);
        if (head.whole()) {
            return new Sample(text, true);
        }
        int lines = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r')) + 1;
        return new Sample(lines > 0 ? text.substring(0, lines) : withoutOpenQuote(text), false);
    }

    /** A quote that is open where the head ends is closed somewhere behind it, and not to be held against the text. */
    private static String withoutOpenQuote(String text) {
        boolean open = text.chars().filter(c -> c == '"').count() % 2 == 1;
        return open ? text.substring(0, text.lastIndexOf('"')) : text;
    }

    /** Whether it is only the beginning of the first line. */
    boolean isCutOff() {
        return !whole && !text.endsWith("\n") && !text.endsWith("\r");
    }

    /** Whether it is text at all: not more than one character in a hundred is one that no text has. */
    boolean isText() {
        // The last character may have been cut in two.
        String complete = text.endsWith(UNREADABLE) ? text.substring(0, text.length() - 1) : text;
        long strange = complete.chars().filter(Sample::isStrange).count();
        return strange * PERCENT <= complete.length();
    }

    private static boolean isStrange(int c) {
        return switch (c) {
            case '\t', '\n', '\f', '\r', 0x1A, 0x1B -> false;
            case 0xFFFD, 0xFFFE, 0xFFFF -> true;
            default -> c < ' ';
        };
    }
}
