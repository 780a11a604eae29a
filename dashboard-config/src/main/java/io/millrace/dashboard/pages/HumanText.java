package io.millrace.dashboard.pages;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/** Figures as people read them. What there is none of is a dash. */
final class HumanText {

    static final String NONE = "–";

    private static final DecimalFormatSymbols ENGLISH = DecimalFormatSymbols.getInstance(Locale.ROOT);
    private static final List<String> BYTES = List.of("kB", "MB", "GB", "TB", "PB", "EB");

    private HumanText() {
    }

    /** {@code 1,234,567}. */
    static String number(long number) {
        return new DecimalFormat("#,##0", ENGLISH).format(number);
    }

    /** {@code 230 ms}, {@code 2.3 s}, {@code 3 min 20 s}, {@code 1 h 20 min}, {@code 3 d 4 h}: to two or three digits. */
    static String duration(@Nullable Duration duration) {
        if (duration == null) {
            return NONE;
        }
        if (duration.isNegative()) {
            return duration(Duration.ZERO);
        }
        // Rounded first, so that nothing is 60 s or 1000 ms.
        if (duration.toNanos() < 999_500_000L) {
            return milliseconds(duration);
        }
        if (duration.toMillis() < 9_950) {
            return decimal(duration.toMillis() / 1e3) + " s";
        }
        long seconds = (duration.toMillis() + 500) / 1_000;
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3_600) {
            return pair(seconds / 60, "min", seconds % 60, "s");
        }
        long minutes = (seconds + 30) / 60;
        if (minutes < 24 * 60) {
            return pair(minutes / 60, "h", minutes % 60, "min");
        }
        long hours = (minutes + 30) / 60;
        return pair(hours / 24, "d", hours % 24, "h");
    }

    /** {@code 812 B}, {@code 1.2 GB}, by powers of a thousand. */
    static String bytes(long bytes) {
        if (bytes < 1_000) {
            return bytes + " B";
        }
        double size = bytes;
        int unit = -1;
        while (size >= 999.5 && unit < BYTES.size() - 1) {
            size /= 1_000;
            unit++;
        }
        return decimal(size) + " " + BYTES.get(unit);
    }

    /** How many of all: {@code 0 %}, {@code 0.4 %}, {@code 12 %}; less than a tenth of one shows as such. */
    static String percent(long part, long all) {
        if (all <= 0) {
            return NONE;
        }
        double share = 100.0 * part / all;
        return share > 0 && share < 0.1 ? "< 0.1 %" : decimal(share) + " %";
    }

    /** {@code 1 job}, {@code 2,000 jobs}. */
    static String count(long number, String one, String many) {
        return number(number) + " " + (number == 1 ? one : many);
    }

    private static String milliseconds(Duration duration) {
        if (duration.isZero()) {
            return "0 ms";
        }
        double milliseconds = duration.toNanos() / 1e6;
        return milliseconds < 0.95 ? "< 1 ms" : Math.round(milliseconds) + " ms";
    }

    private static String decimal(double value) {
        return new DecimalFormat(value < 9.95 ? "0.#" : "#,##0", ENGLISH).format(value);
    }

    private static String pair(long large, String unit, long small, String smallUnit) {
        return large + " " + unit + (small == 0 ? "" : " " + small + " " + smallUnit);
    }
}
