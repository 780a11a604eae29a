package io.millrace.jobs.figures;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import javax.sql.DataSource;

import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.millrace.jobs.JobsSchema;

/** A window is read in the longest spans that fit, and with what nobody has folded yet: in one statement, so that nothing counts twice. */
final class PostgresJobFigures implements JobFigures {

    private final JdbcClient jdbc;
    private final JobsSchema schema;

    PostgresJobFigures(DataSource engine, JobsSchema schema) {
        this.jdbc = JdbcClient.create(engine);
        this.schema = schema;
    }

    @Override
    public List<Sum> byType(Duration window) {
        return by("type", window);
    }

    @Override
    public List<Sum> byQueue(Duration window) {
        return by("queue", window);
    }

    private List<Sum> by(String column, Duration window) {
        checkWindow(window);
        var sums = new TreeMap<String, Tally>();
        jdbc.sql("""
                 with beginning as (
                     select date_bin(make_interval(secs => ?), clock_timestamp() - make_interval(secs => ?),
                                     timestamptz 'epoch') as start),
                 cut as (
                     select start,
                            date_bin('5 minutes', start + interval '299 seconds', timestamptz 'epoch') as five,
                            date_bin('1 hour', start + interval '3599 seconds', timestamptz 'epoch') as hour
                     from beginning)
                 select %3$s as name, %2$s from %1$sjob_figures
                 where span = 60 and at >= (select start from cut) and at < (select five from cut)
                 union all
                 select %3$s, %2$s from %1$sjob_figures
                 where span = 300 and at >= (select five from cut) and at < (select hour from cut)
                 union all
                 select %3$s, %2$s from %1$sjob_figures where span = 3600 and at >= (select hour from cut)
                 union all
                 select %3$s, %2$s from %1$snew_job_figures where at >= (select start from cut)
                 """.formatted(schema.prefix(), TallyColumns.LIST, column))
                .param(Span.beginning(window).seconds()).param(window.toNanos() / 1e9)
                .query((RowCallbackHandler) row -> sums
                        .computeIfAbsent(row.getString("name"), _ -> new Tally()).plus(TallyColumns.read(row)));
        return sums.entrySet().stream().map(sum -> new Sum(sum.getKey(), sum.getValue().counts(),
                sum.getValue().runTimes(), sum.getValue().waitTimes())).toList();
    }

    @Override
    public List<Point> ofType(String type, Duration window, Duration step) {
        return of("type", type, window, step);
    }

    @Override
    public List<Point> ofQueue(String queue, Duration window, Duration step) {
        return of("queue", queue, window, step);
    }

    private List<Point> of(String column, String name, Duration window, Duration step) {
        checkWindow(window);
        var span = span(window, step);
        long seconds = step.toSeconds();
        long points = Math.ceilDiv(window.toNanos(), step.toNanos());
        if (points > MOST_POINTS) {
            throw new IllegalArgumentException("step " + step + " makes " + points + " points of window " + window
                    + ": choose a longer one, for at most " + MOST_POINTS);
        }
        long now = jdbc.sql("select extract(epoch from clock_timestamp())").query(Double.class).single().longValue();
        long last = now - Math.floorMod(now, seconds);
        long first = last - (points - 1) * seconds;
        var tallies = read(column, name, span, first, seconds);
        return LongStream.range(0, points).map(point -> first + point * seconds)
                .mapToObj(from -> point(from, tallies)).toList();
    }

    private Map<Long, Tally> read(String column, String name, Span span, long first, long step) {
        var tallies = new HashMap<Long, Tally>();
        jdbc.sql(
                """
                select extract(epoch from at)::bigint as seconds, %2$s from %1$sjob_figures
                where span = ? and %3$s = ? and at >= to_timestamp(?)
                union all
                select extract(epoch from at)::bigint, %2$s from %1$snew_job_figures where %3$s = ? and at >= to_timestamp(?)
                """.formatted(
                        schema.prefix(), TallyColumns.LIST, column))
                .param(span.seconds()).param(name).param(first).param(name).param(first)
                .query((RowCallbackHandler) row -> {
                    long at = row.getLong("seconds");
                    tallies.computeIfAbsent(at - Math.floorMod(at, step), _ -> new Tally())
                            .plus(TallyColumns.read(row));
                });
        return tallies;
    }

    private static Point point(long from, Map<Long, Tally> tallies) {
        var at = Instant.ofEpochSecond(from);
        var tally = tallies.get(from);
        return tally == null
                ? new Point(at, Counts.NONE, Times.NONE, Times.NONE)
                : new Point(at, tally.counts(), tally.runTimes(), tally.waitTimes());
    }

    private static Span span(Duration window, Duration step) {
        return Span.dividing(step, window).orElseThrow(() -> new IllegalArgumentException("step " + step
                + " is not kept for window " + window + ": choose a multiple of ten seconds; of a minute if the window"
                + " is longer than an hour, and of five minutes if it is longer than a day"));
    }

    private static void checkWindow(Duration window) {
        if (!window.isPositive() || window.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("window " + window + " must be positive and at most " + LONGEST);
        }
    }
}
