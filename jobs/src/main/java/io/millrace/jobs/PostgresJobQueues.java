package io.millrace.jobs;

import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is paused is a row in a table that every look for waiting jobs reads. */
final class PostgresJobQueues implements JobQueues {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresJobQueues.class);

    private final EnqueueTransaction transaction;
    private final String table;
    private final WakeUp wakeUp;

    PostgresJobQueues(DataSource dataSource, JobsSchema schema, WakeUp wakeUp) {
        this.transaction = new EnqueueTransaction(dataSource);
        this.table = schema.prefix() + "paused_queues";
        this.wakeUp = wakeUp;
    }

    @Override
    public void pause(String queue) {
        EnqueueOptions.checkQueue(queue);
        write("insert into %s (name) values (?) on conflict (name) do nothing", queue);
        LOG.info("queue {} is paused: its waiting jobs stay where they are", queue);
    }

    @Override
    public void resume(String queue) {
        EnqueueOptions.checkQueue(queue);
        write("delete from %s where name = ?", queue);
        LOG.info("queue {} goes on", queue);
        transaction.afterCommit(wakeUp::workers);
    }

    private void write(String statement, String queue) {
        transaction.allOrNothing(() -> transaction.jdbc().sql(statement.formatted(table)).param(queue).update());
    }

    @Override
    public Set<String> paused() {
        return new TreeSet<>(transaction.jdbc().sql("select name from %s".formatted(table)).query(String.class).set());
    }
}
