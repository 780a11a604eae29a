package io.millrace.jobs;

import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is paused is a row in a table that every look for waiting jobs reads. */
final class PostgresJobQueues implements JobQueues {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresJobQueues.class);

    private final JdbcClient jdbc;
    private final String table;
    private final WakeUp wakeUp;

    PostgresJobQueues(DataSource dataSource, JobsSchema schema, WakeUp wakeUp) {
        this.jdbc = JdbcClient.create(dataSource);
        this.table = schema.prefix() + "paused_queues";
        this.wakeUp = wakeUp;
    }

    @Override
    public void pause(String queue) {
        EnqueueOptions.checkQueue(queue);
        EnqueueTransaction.requireWritable("pause a queue");
        jdbc.sql("insert into %s (name) values (?) on conflict (name) do nothing".formatted(table)).param(queue)
                .update();
        LOG.info("queue {} is paused: its waiting jobs stay where they are", queue);
    }

    @Override
    public void resume(String queue) {
        EnqueueOptions.checkQueue(queue);
        EnqueueTransaction.requireWritable("resume a queue");
        jdbc.sql("delete from %s where name = ?".formatted(table)).param(queue).update();
        LOG.info("queue {} goes on", queue);
        EnqueueTransaction.afterCommit(wakeUp::workers);
    }

    @Override
    public Set<String> paused() {
        return new TreeSet<>(jdbc.sql("select name from %s".formatted(table)).query(String.class).set());
    }
}
