package io.millrace.jobs.figures;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import javax.sql.DataSource;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import io.millrace.jobs.JobsSchema;
import io.millrace.jobs.Turns;

/**
 * Adds what processes have written to the row of its ten seconds, minute, five minutes and hour, and drops what is too old; in small
 * batches, each of one transaction, by one process at a time. Who writes waits for none of it.
 */
final class FoldFigures {

    private static final Logger LOG = LoggerFactory.getLogger(FoldFigures.class);
    private static final int AT_ONCE = 500;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Turns turns;
    private final String lock;
    private final String take;
    private final String read;
    private final String write;
    private final String drop;

    FoldFigures(DataSource engine, JobsSchema schema, Turns turns) {
        this.jdbc = JdbcClient.create(engine);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(engine));
        this.turns = turns;
        var names = List.of(schema.prefix() + "new_job_figures", schema.prefix() + "job_figures", TallyColumns.LIST,
                TallyColumns.PARAMETERS, TallyColumns.REPLACED, AT_ONCE).toArray();
        this.lock = "select pg_try_advisory_xact_lock(hashtext('%s'), 0)".formatted(names);
        this.take = """
                    delete from %1$s where ctid = any (array(
                        select ctid from %1$s order by at limit %6$d for update skip locked))
                    returning extract(epoch from at)::bigint as seconds, type, queue, %3$s
                    """.formatted(names);
        this.read = """
                    select key.span, key.seconds, key.type, key.queue, %3$s
                    from unnest(?::int[], ?::bigint[], ?::text[], ?::text[]) as key (span, seconds, type, queue)
                        join %2$s figures on figures.span = key.span and figures.at = to_timestamp(key.seconds)
                            and figures.type = key.type and figures.queue = key.queue
                    """.formatted(names);
        this.write = """
                     insert into %2$s (span, at, type, queue, %3$s)
                     select span, to_timestamp(seconds), type, queue, %3$s
                     from unnest(?::int[], ?::bigint[], ?::text[], ?::text[], %4$s)
                         as folded (span, seconds, type, queue, %3$s)
                     on conflict (span, at, type, queue) do update set %5$s
                     """.formatted(names);
        this.drop = """
                    delete from %2$s where ctid = any (array(
                        select ctid from %2$s where span = ? and at < clock_timestamp() - make_interval(secs => ?)
                        order by at limit %6$d for update skip locked))
                    """.formatted(names);
    }

    /**
     * One turn at all that there is to do; what is left is the next one's.
     *
     * @throws org.springframework.dao.DataAccessException
     *             if the database cannot be reached
     */
    void fold() {
        var folded = turns.take(AT_ONCE, () -> Objects.requireNonNull(transaction.execute(_ -> foldSome())));
        int dropped = Arrays.stream(Span.values())
                .mapToInt(span -> turns.take(AT_ONCE, () -> dropSome(span, span.kept())).rows()).sum();
        LOG.debug("folded {} rows of figures and dropped {}", folded.rows(), dropped);
    }

    private int foldSome() {
        if (!jdbc.sql(lock).query(Boolean.class).single()) {
            return 0;
        }
        var taken = jdbc.sql(take).query((row, _) -> new Taken(row.getLong("seconds"), row.getString("type"),
                row.getString("queue"), TallyColumns.read(row))).list();
        if (!taken.isEmpty()) {
            addUp(taken);
        }
        return taken.size();
    }

    private void addUp(List<Taken> taken) {
        var sums = new LinkedHashMap<Key, Tally>();
        for (var span : Span.values()) {
            taken.forEach(one -> sums.computeIfAbsent(one.in(span), _ -> new Tally()).plus(one.tally()));
        }
        var keys = List.copyOf(sums.keySet());
        jdbc.sql(read).params(columns(keys))
                .query((row, _) -> Objects.requireNonNull(sums.get(key(row))).plus(TallyColumns.read(row))).list();
        jdbc.sql(write).params(columns(keys)).params(TallyColumns.arrays(List.copyOf(sums.values()))).update();
    }

    private int dropSome(Span span, Duration kept) {
        return jdbc.sql(drop).param(span.seconds()).param(kept.toSeconds()).update();
    }

    private static List<Object> columns(List<Key> keys) {
        var columns = new ArrayList<Object>();
        columns.add(keys.stream().map(Key::span).toArray(Integer[]::new));
        columns.add(keys.stream().map(Key::seconds).toArray(Long[]::new));
        columns.add(texts(keys, Key::type));
        columns.add(texts(keys, Key::queue));
        return columns;
    }

    private static String[] texts(List<Key> keys, Function<Key, String> of) {
        return keys.stream().map(of).toArray(String[]::new);
    }

    private static Key key(ResultSet row) throws SQLException {
        return new Key(row.getInt("span"), row.getLong("seconds"), row.getString("type"), row.getString("queue"));
    }

    /** Whose row it is. */
    private record Key(int span, long seconds, String type, String queue) {
    }

    private record Taken(long seconds, String type, String queue, Tally tally) {

        Key in(Span span) {
            return new Key(span.seconds(), seconds - Math.floorMod(seconds, span.seconds()), type, queue);
        }
    }
}
