package io.millrace.dashboard.pages;

import java.util.List;

/**
 * A chart as a page shows it: a picture, what its colours mean, and the same as a table for who does not see the picture.
 *
 * @param svg
 *            ready for the page; empty where there is nothing to show
 * @param rows
 *            of the table: the time first, then as many values as there are series; without the times at which there was nothing
 */
record Chart(String title, String svg, List<Series> series, List<List<String>> rows) {

    public boolean empty() {
        return svg.isEmpty();
    }

    /**
     * What is shown in one colour.
     *
     * @param cssClass
     *            of the stylesheet, which gives it its colour
     * @param values
     *            one for each time; NaN where there is none
     */
    record Series(String name, String cssClass, List<Double> values) {

        Series {
            values = List.copyOf(values);
        }

        double sum() {
            return values.stream().filter(value -> !value.isNaN()).mapToDouble(Double::doubleValue).sum();
        }

        double highest() {
            return values.stream().filter(value -> !value.isNaN()).mapToDouble(Double::doubleValue).max().orElse(0);
        }
    }
}
