package io.millrace.dashboard.pages;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.millrace.dashboard.pages.Chart.Series;

/** Draws how something went over time. The picture is as wide as a narrow page, so that its letters can be read there. */
final class TimeChart {

    private static final int WIDTH = 400;
    private static final int HEIGHT = 180;
    private static final int LEFT = 48;
    private static final int RIGHT = 10;
    private static final int TOP = 10;
    private static final int BOTTOM = 22;
    private static final int HALF_A_LABEL = 18;
    private static final double PLOT_WIDTH = WIDTH - LEFT - RIGHT;
    private static final double PLOT_HEIGHT = HEIGHT - TOP - BOTTOM;

    private final String id;
    private final Steps steps;
    private final Measure measure;

    /**
     * @param id
     *            of the chart on its page
     */
    TimeChart(String id, Steps steps, Measure measure) {
        this.id = id;
        this.steps = steps;
        this.measure = measure;
    }

    /** Bars, with the series on top of one another. */
    Chart bars(String title, List<Series> series) {
        double highest = IntStream.range(0, steps.count())
                .mapToDouble(step -> series.stream().mapToDouble(one -> orZero(one.values().get(step))).sum()).max()
                .orElse(0);
        if (highest <= 0) {
            return nothing(title, series);
        }
        var ticks = measure.ticks(highest);
        var svg = frame(title, "sums", series, Series::sum, ticks);
        double width = PLOT_WIDTH / steps.count();
        for (int step = 0; step < steps.count(); step++) {
            double bottom = 0;
            for (var one : series) {
                double value = orZero(one.values().get(step));
                if (value > 0) {
                    double y = y(bottom + value, ticks);
                    svg.rectangle(one.cssClass(), LEFT + step * width + width * 0.1, y, width * 0.8,
                            y(bottom, ticks) - y);
                }
                bottom += value;
            }
        }
        return new Chart(title, svg.toString(), series, rows(series));
    }

    /** A line for each of the series, broken where it has no value. */
    Chart lines(String title, List<Series> series) {
        double highest = series.stream().mapToDouble(Series::highest).max().orElse(0);
        if (series.stream().flatMap(one -> one.values().stream()).allMatch(value -> value.isNaN())) {
            return nothing(title, series);
        }
        var ticks = measure.ticks(highest);
        var svg = frame(title, "highest", series, Series::highest, ticks);
        series.forEach(one -> line(svg, one, ticks));
        return new Chart(title, svg.toString(), series, rows(series));
    }

    private void line(Svg svg, Series series, List<Double> ticks) {
        var path = new StringBuilder();
        boolean drawn = false;
        for (int step = 0; step < steps.count(); step++) {
            double value = series.values().get(step);
            if (Double.isNaN(value)) {
                drawn = false;
                continue;
            }
            double x = LEFT + (step + 0.5) * PLOT_WIDTH / steps.count();
            path.append(drawn ? "L" : "M").append(Svg.number(x)).append(' ').append(Svg.number(y(value, ticks)));
            if (!drawn && !hasValue(series, step + 1)) {
                svg.circle(series.cssClass(), x, y(value, ticks), 2);
            }
            drawn = true;
        }
        svg.path("line " + series.cssClass(), path.toString());
    }

    private boolean hasValue(Series series, int step) {
        return step < steps.count() && !Double.isNaN(series.values().get(step));
    }

    private Svg frame(String title, String what, List<Series> series,
            ToDoubleFunction<Series> figure, List<Double> ticks) {
        var description = "From %s to %s UTC; %s: %s.".formatted(Steps.day(steps.from()), Steps.day(steps.end()), what,
                series.stream().map(one -> one.name() + " " + measure.text(figure.applyAsDouble(one)))
                        .collect(Collectors.joining(", ")));
        var svg = new Svg(id, "chart", WIDTH, HEIGHT, title, description);
        for (double tick : ticks) {
            double y = y(tick, ticks);
            svg.line(tick == 0 ? "axis" : "grid", LEFT, y, WIDTH - RIGHT, y);
            svg.label("end", LEFT - 5, y + 3.5, measure.text(tick));
        }
        for (var time : steps.labels()) {
            double x = LEFT + steps.share(time) * PLOT_WIDTH;
            svg.line("axis", x, HEIGHT - BOTTOM, x, HEIGHT - BOTTOM + 4);
            // Not anchored otherwise at the edges: there it would run into its neighbour.
            svg.label("middle", Math.min(x, WIDTH - HALF_A_LABEL), HEIGHT - 6, steps.label(time));
        }
        return svg;
    }

    private Chart nothing(String title, List<Series> series) {
        return new Chart(title, "", series, List.of());
    }

    private List<List<String>> rows(List<Series> series) {
        var rows = new ArrayList<List<String>>();
        for (int i = 0; i < steps.count(); i++) {
            int step = i;
            var values = series.stream().map(one -> one.values().get(step)).toList();
            if (values.stream().anyMatch(value -> orZero(value) > 0)) {
                rows.add(Stream
                        .concat(Stream.of(Steps.day(steps.at(step))),
                                values.stream()
                                        .map(value -> value.isNaN() ? HumanText.NONE : measure.text(value)))
                        .toList());
            }
        }
        return rows;
    }

    private static double y(double value, List<Double> ticks) {
        return HEIGHT - BOTTOM - value / ticks.getLast() * PLOT_HEIGHT;
    }

    private static double orZero(double value) {
        return Double.isNaN(value) ? 0 : value;
    }
}
