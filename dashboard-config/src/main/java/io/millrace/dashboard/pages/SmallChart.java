package io.millrace.dashboard.pages;

import java.util.List;

import io.millrace.jobs.figures.JobFigures;

/** The runs of a job type as bars so small that they fit into a line of a table: of what the line's figures say, only the shape. */
final class SmallChart {

    private static final int WIDTH = 120;
    private static final int HEIGHT = 28;

    private SmallChart() {
    }

    /** {@code id}: of the chart on its page. */
    static String of(String id, String type, List<JobFigures.Point> points) {
        long most = points.stream().mapToLong(point -> TypeRow.runs(point.counts())).max().orElse(0);
        var svg = new Svg(id, "small-chart", WIDTH, HEIGHT, "Runs of " + type + " over time",
                "At most " + HumanText.number(most) + " in one of " + points.size() + " steps.");
        svg.line("axis", 0, HEIGHT - 0.5, WIDTH, HEIGHT - 0.5);
        double width = (double) WIDTH / Math.max(1, points.size());
        for (int step = 0; step < points.size() && most > 0; step++) {
            var counts = points.get(step).counts();
            long bad = counts.failed() + counts.retried();
            double good = height(counts.succeeded(), most);
            if (counts.succeeded() > 0) {
                svg.rectangle("succeeded", step * width + 0.3, HEIGHT - 1 - good, width - 0.6, good);
            }
            if (bad > 0) {
                double height = height(bad, most);
                svg.rectangle("failed", step * width + 0.3, HEIGHT - 1 - good - height, width - 0.6, height);
            }
        }
        return svg.toString();
    }

    /** What there is shows, however little it is. */
    private static double height(long jobs, long most) {
        return jobs == 0 ? 0 : Math.max(1, (HEIGHT - 3.0) * jobs / most);
    }
}
