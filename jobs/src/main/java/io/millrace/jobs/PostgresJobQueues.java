package io.millrace.jobs;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.sql.DataSource;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is paused, and what has a rate, is a row in a table that every look for waiting jobs reads. */
final class PostgresJobQueues implements JobQueues {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresJobQueues.class);

    private final EnqueueTransaction transaction;
    private final String table;
    private final String rates;
    private final WakeUp wakeUp;
    private final QueueFigures figures;
    private final JobTypes types;

    PostgresJobQueues(DataSource dataSource, JobsSchema schema, WakeUp wakeUp, JobTypes types) {
        this.transaction = new EnqueueTransaction(dataSource);
        this.table = schema.prefix() + "paused_queues";
        this.rates = schema.prefix() + "queue_rates";
        this.wakeUp = wakeUp;
        this.figures = new QueueFigures(dataSource, schema);
        this.types = types;
    }

    @Override
    public void pause(String queue) {
        EnqueueOptions.checkQueue(queue);
        EnqueueTransaction.requireWritable("pause a queue");
        write("insert into %s (name) values (?) on conflict (name) do nothing", table, queue);
        LOG.info("queue {} is paused: its waiting jobs stay where they are", queue);
    }

    @Override
    public void resume(String queue) {
        EnqueueOptions.checkQueue(queue);
        EnqueueTransaction.requireWritable("resume a queue");
        write("delete from %s where name = ?", table, queue);
        LOG.info("queue {} goes on", queue);
        transaction.afterCommit(wakeUp::workers);
    }

    private void write(String statement, String into, String queue) {
        transaction.allOrNothing(() -> transaction.jdbc().sql(statement.formatted(into)).param(queue).update());
    }

    @Override
    public Set<String> paused() {
        return new TreeSet<>(transaction.jdbc().sql("select name from %s".formatted(table)).query(String.class).set());
    }

    @Override
    public void limitRate(String queue, int jobs, Duration per) {
        EnqueueOptions.checkQueue(queue);
        var rate = new QueueRate(jobs, per);
        EnqueueTransaction.requireWritable("limit a queue's rate");
        transaction.allOrNothing(() -> transaction.jdbc()
                .sql("""
                     insert into %1$s as rate (name, jobs, per, due_at)
                     values (?, ?, make_interval(secs => ?), clock_timestamp())
                     on conflict (name) do update set jobs = excluded.jobs, per = excluded.per, due_at = excluded.due_at
                     where (rate.jobs, rate.per) is distinct from (excluded.jobs, excluded.per)
                     """.formatted(rates)).param(queue).param(rate.jobs())
                .param(BigDecimal.valueOf(rate.per().toNanos(), 9).doubleValue()).update());
        LOG.info("at most {} jobs of queue {} start per {}", jobs, queue, per);
        transaction.afterCommit(wakeUp::workers);
    }

    @Override
    public void unlimitRate(String queue) {
        EnqueueOptions.checkQueue(queue);
        EnqueueTransaction.requireWritable("lift a queue's rate");
        write("delete from %s where name = ?", rates, queue);
        LOG.info("queue {} goes on without a rate", queue);
        transaction.afterCommit(wakeUp::workers);
    }

    @Override
    public Map<String, QueueRate> rates() {
        var found = new TreeMap<String, QueueRate>();
        transaction.jdbc()
                .sql("select name, jobs, (extract(epoch from per) * 1000000)::bigint from %s".formatted(rates))
                .query(row -> {
                    found.put(row.getString(1),
                            new QueueRate(row.getInt(2), Duration.of(row.getLong(3), ChronoUnit.MICROS)));
                });
        return found;
    }

    @Override
    public List<QueueStatus> status() {
        var known = new TreeMap<String, QueueStatus>();
        types.queues().forEach(queue -> known.put(queue, QueueStatus.unused(queue)));
        known.putAll(figures.ask());
        return held(known);
    }

    @Override
    public List<QueueStatus> status(List<QueueStatus> earlier) {
        var known = new TreeMap<String, QueueStatus>();
        earlier.forEach(queue -> known.put(queue.name(), queue));
        return held(known);
    }

    private List<QueueStatus> held(Map<String, QueueStatus> known) {
        var paused = paused();
        var rates = rates();
        Stream.concat(paused.stream(), rates.keySet().stream())
                .forEach(queue -> known.putIfAbsent(queue, QueueStatus.unused(queue)));
        return known.values().stream().map(queue -> queue.held(paused.contains(queue.name()), rates.get(queue.name())))
                .toList();
    }
}
