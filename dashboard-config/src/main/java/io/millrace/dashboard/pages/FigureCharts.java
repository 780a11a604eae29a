package io.millrace.dashboard.pages;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;

import org.jspecify.annotations.Nullable;

import io.millrace.dashboard.pages.Chart.Series;
import io.millrace.jobs.figures.JobFigures;

/** The charts of a job type or of a queue. */
final class FigureCharts {

    private FigureCharts() {
    }

    /** What became of runs, on top of one another. */
    static Chart outcomes(String id, String title, List<JobFigures.Point> points, Duration step) {
        return new TimeChart(id, steps(points, step), Measure.COUNT).bars(title,
                List.of(counts("succeeded", points, JobFigures.Counts::succeeded),
                        counts("retried", points, JobFigures.Counts::retried),
                        counts("failed", points, JobFigures.Counts::failed)));
    }

    /** What came in. */
    static Chart enqueued(String id, String title, List<JobFigures.Point> points, Duration step) {
        return new TimeChart(id, steps(points, step), Measure.COUNT).bars(title,
                List.of(counts("enqueued", points, JobFigures.Counts::enqueued)));
    }

    /** How long runs took. */
    static Chart runs(String id, String title, List<JobFigures.Point> points, Duration step) {
        return times(id, title, points, step, JobFigures.Point::runs);
    }

    /** How long jobs waited for a worker. */
    static Chart waits(String id, String title, List<JobFigures.Point> points, Duration step) {
        return times(id, title, points, step, JobFigures.Point::waits);
    }

    private static Chart times(String id, String title, List<JobFigures.Point> points, Duration step,
            Function<JobFigures.Point, JobFigures.Times> which) {
        return new TimeChart(id, steps(points, step), Measure.TIME).lines(title,
                List.of(quantile("p50", points, point -> which.apply(point).p50()),
                        quantile("p95", points, point -> which.apply(point).p95()),
                        quantile("p99", points, point -> which.apply(point).p99())));
    }

    private static Steps steps(List<JobFigures.Point> points, Duration step) {
        return new Steps(points.getFirst().from(), step, points.size());
    }

    private static Series counts(String name, List<JobFigures.Point> points, ToLongFunction<JobFigures.Counts> which) {
        return new Series(name, name,
                points.stream().map(point -> (double) which.applyAsLong(point.counts())).toList());
    }

    private static Series quantile(String name, List<JobFigures.Point> points,
            Function<JobFigures.Point, @Nullable Duration> which) {
        return new Series(name, name, points.stream().map(point -> seconds(which.apply(point))).toList());
    }

    private static double seconds(@Nullable Duration time) {
        return time == null ? Double.NaN : time.toNanos() / 1e9;
    }
}
