package io.millrace.jobs.figures;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongSupplier;
import javax.sql.DataSource;

import org.springframework.jdbc.core.simple.JdbcClient;

import io.millrace.jobs.JobsSchema;
import io.millrace.jobs.figures.CountEvents.Pair;

/**
 * Writes down what has been counted since the last time, in one statement that only adds rows. While the database is away it keeps what there
 * was; where that becomes much, of longer times together.
 */
final class WriteFigures {

    /** Rows that are kept, of five kilobytes each. */
    static final int MOST_KEPT = 2_000;

    private final CountEvents events;
    private final JdbcClient jdbc;
    private final LongSupplier nanos;
    private final String insert;
    private List<Period> kept = new ArrayList<>();
    private long began;

    WriteFigures(CountEvents events, DataSource engine, JobsSchema schema, LongSupplier nanos) {
        this.events = events;
        this.jdbc = JdbcClient.create(engine);
        this.nanos = nanos;
        this.began = nanos.getAsLong();
        // By the database's clock alone: nodes' may be wrong.
        this.insert = """
                      insert into %snew_job_figures (at, type, queue, %s)
                      select date_bin('10 seconds', clock_timestamp() - make_interval(secs => age), timestamptz 'epoch'),
                             type, queue, %2$s
                      from unnest(?::float8[], ?::text[], ?::text[], %s) as written (age, type, queue, %2$s)
                      """
                .formatted(schema.prefix(), TallyColumns.LIST, TallyColumns.PARAMETERS);
    }

    /**
     * All that has happened by now. Where it fails, the next call writes that as well.
     *
     * @throws org.springframework.dao.DataAccessException
     *             if the database cannot be reached
     */
    synchronized void write() {
        long now = nanos.getAsLong();
        var drained = events.drain();
        if (!drained.isEmpty()) {
            kept.add(new Period(began + (now - began) / 2, drained));
        }
        began = now;
        while (rows() > MOST_KEPT && kept.size() > 1) {
            kept = joined(kept);
        }
        if (!kept.isEmpty()) {
            insert(now);
            kept.clear();
        }
    }

    private int rows() {
        return kept.stream().mapToInt(period -> period.tallies().size()).sum();
    }

    /** Each two as one. */
    private static List<Period> joined(List<Period> periods) {
        var joined = new ArrayList<Period>();
        for (int first = 0; first < periods.size(); first += 2) {
            var period = periods.get(first);
            if (first + 1 < periods.size()) {
                periods.get(first + 1).tallies()
                        .forEach((pair, tally) -> period.tallies().merge(pair, tally, Tally::plus));
            }
            joined.add(period);
        }
        return joined;
    }

    private void insert(long now) {
        var rows = kept.stream().flatMap(period -> period.tallies().entrySet().stream().map(
                entry -> new Row((now - period.middle()) / 1e9, entry.getKey(), entry.getValue()))).toList();
        jdbc.sql(insert).param(rows.stream().map(Row::age).toArray(Double[]::new))
                .param(texts(rows, Pair::type)).param(texts(rows, Pair::queue))
                .params(TallyColumns.arrays(rows.stream().map(Row::tally).toList())).update();
    }

    private static String[] texts(List<Row> rows, Function<Pair, String> of) {
        return rows.stream().map(Row::pair).map(of).toArray(String[]::new);
    }

    /**
     * What happened between two writes.
     *
     * @param middle
     *            of that time, as the time of all of it
     */
    private record Period(long middle, Map<Pair, Tally> tallies) {
    }

    /**
     * One that is written.
     *
     * @param age
     *            in seconds
     */
    private record Row(double age, Pair pair, Tally tally) {
    }
}
