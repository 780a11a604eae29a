package io.millrace.benchmarks;

import java.util.List;
import java.util.Locale;

/** The same figure of several rounds. */
public record Spread(double median, double least, double most) {

    public static Spread of(List<Double> figures) {
        List<Double> sorted = figures.stream().sorted().toList();
        int middle = sorted.size() / 2;
        double median = sorted.size() % 2 == 1
                ? sorted.get(middle)
                : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
        return new Spread(median, sorted.getFirst(), sorted.getLast());
    }

    Spread dividedBy(double divisor) {
        return new Spread(median / divisor, least / divisor, most / divisor);
    }

    /** E.g. {@code 1,234 (1,200–1,300)}. */
    public String text(int decimals) {
        return number(median, decimals) + " (" + number(least, decimals) + "–" + number(most, decimals) + ")";
    }

    /** The median alone. */
    public String middle(int decimals) {
        return number(median, decimals);
    }

    private static String number(double value, int decimals) {
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }
}
