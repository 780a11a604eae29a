package io.millrace.dashboard.access;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/** What others have sent, as it may stand in a line of the log: it neither begins another line nor steers a terminal. */
public final class OneLine {

    private static final Pattern NOT_SHOWN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");
    private static final int LONGEST = 500;

    private OneLine() {
    }

    /** With a blank for each such character, and cut after five hundred. */
    public static String of(@Nullable Object text) {
        String line = NOT_SHOWN.matcher(String.valueOf(text)).replaceAll(" ");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }
}
