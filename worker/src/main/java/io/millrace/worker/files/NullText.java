package io.millrace.worker.files;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * What stands for "no value" in a delimited text: nothing, {@code NA}, {@code N/A}, {@code null}, {@code NULL},
 * {@code NaN}, {@code nan} and {@code \N}. Whoever means Namibia must write it out.
 */
final class NullText {

    private static final int LONGEST = 4;
    private static final Set<String> WORDS = Set.of("NA", "N/A", "null", "NULL", "NaN", "nan", "\\N");

    private NullText() {
    }

    static boolean is(char[] text, int from, int to) {
        if (from == to) {
            return true;
        }
        return to - from <= LONGEST && isFirst(text[from]) && WORDS.contains(new String(text, from, to - from));
    }

    static boolean is(byte[] text, int from, int to) {
        return from == to || (to - from <= LONGEST && isFirst((char) text[from])
                && WORDS.contains(new String(text, from, to - from, StandardCharsets.ISO_8859_1)));
    }

    private static boolean isFirst(char c) {
        return c == 'N' || c == 'n' || c == '\\';
    }
}
