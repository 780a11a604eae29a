package io.millrace.benchmarks.jobs;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.zaxxer.hikari.HikariDataSource;
import org.jspecify.annotations.Nullable;

/**
 * db-scheduler as its documentation advises for high throughput: polling by lock-and-fetch from 1.0 to 4.0 of its threads,
 * and with immediate execution, by which a scheduler looks for what was scheduled in its own process.
 */
final class DbSchedulerPeer implements Peer {

    static final String NAME = "db-scheduler";

    private final PeerDatabase database;
    private final HikariDataSource pool;
    private final int threads;
    private final Clock clock;
    private final OneTimeTask<Integer> task;
    private final SchedulerClient client;
    private volatile Work work = Work.none();
    private @Nullable Scheduler scheduler;

    DbSchedulerPeer(PeerDatabase database, int threads, Clock clock) throws SQLException {
        this.database = database;
        this.pool = database.pool();
        this.threads = threads;
        this.clock = clock;
        // The columns and indexes of its documentation.
        database.execute("""
                         create table scheduled_tasks (
                             task_name text not null,
                             task_instance text not null,
                             task_data bytea,
                             execution_time timestamptz not null,
                             picked boolean not null,
                             picked_by text,
                             last_success timestamptz,
                             last_failure timestamptz,
                             consecutive_failures int,
                             last_heartbeat timestamptz,
                             version bigint not null,
                             priority smallint,
                             primary key (task_name, task_instance))
                         """, "create index on scheduled_tasks (execution_time)",
                "create index on scheduled_tasks (last_heartbeat)",
                "create index on scheduled_tasks (priority desc, execution_time)");
        this.task = Tasks.oneTime("numbered", Integer.class).execute((instance, context) -> run(instance.getData()));
        this.client = SchedulerClient.Builder.create(pool, task).build();
    }

    private void run(int number) {
        try {
            work.run(number);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void enqueue(int number) {
        var running = scheduler;
        (running == null ? client : running).scheduleIfNotExists(instance(number), clock.instant());
    }

    @Override
    public void enqueueAll(int count) {
        Stream<TaskInstance<?>> instances = IntStream.range(0, count).mapToObj(this::instance);
        client.scheduleBatch(instances, clock.instant());
    }

    private TaskInstance<Integer> instance(int number) {
        return task.instance(Integer.toString(number), number);
    }

    @Override
    public void startWorkers(Work newWork) {
        work = newWork;
        scheduler = Scheduler.create(pool, task).threads(threads).pollUsingLockAndFetch(1.0, 4.0)
                .enableImmediateExecution().build();
        scheduler.start();
    }

    @Override
    public void stopWorkers() {
        if (scheduler != null) {
            scheduler.stop();
            scheduler = null;
        }
    }

    @Override
    public Duration pause() {
        return SHORT_PAUSE;
    }

    @Override
    public String unfinished() {
        return "select exists (select from scheduled_tasks)";
    }

    @Override
    public String tables() {
        return "scheduled_tasks";
    }

    @Override
    public PeerDatabase database() {
        return database;
    }

    @Override
    public void close() {
        pool.close();
    }
}
