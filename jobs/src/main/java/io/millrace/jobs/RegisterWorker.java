package io.millrace.jobs;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Types;
import java.util.UUID;

/** The rows of one worker: what it says of itself, and beside it the one that its {@link Heartbeat} writes each second. */
final class RegisterWorker {

    private final boolean locks;
    private final UUID worker;
    private final String name;
    private final WorkerFacts facts;
    private final String number;
    private final String lock;
    private final String register;
    private final String leave;

    RegisterWorker(WorkerTables tables, UUID worker, String name) {
        this.locks = tables.wakeUp().channel().isPresent();
        this.worker = worker;
        this.name = name;
        this.facts = tables.facts();
        String schema = tables.schema().prefix();
        this.number = "select nextval('%sjob_worker_numbers')".formatted(schema);
        this.lock = "select pg_advisory_lock(%s, ?)".formatted(Heartbeat.LOCKS.formatted(schema));
        this.register = """
                        with forgotten as (
                            delete from %1$sjob_worker_facts where id = any (array(
                                select id from %1$sjob_worker_facts as old
                                where coalesce(died_at, started_at) < clock_timestamp() - interval '%2$d s'
                                    and not exists (select from %1$sjob_workers as lives where lives.id = old.id)
                                    and id <> ?
                                for update skip locked))),
                        said as (
                            insert into %1$sjob_worker_facts (id, name, version, host, queues, slots)
                            values (?, ?, ?, ?, ?, ?)
                            on conflict (id) do update set died_at = null)
                        insert into %1$sjob_workers (id, name, number, beat_at) values (?, ?, ?, clock_timestamp())
                        on conflict (id) do update set number = excluded.number, beat_at = excluded.beat_at
                        """.formatted(schema, PostgresJobWorkers.DEAD_ARE_SHOWN.toSeconds());
        this.leave = """
                     with gone as (
                         delete from %1$sjob_workers worker
                         where id = ? and not exists (
                             select from %1$sjobrunr_jobs job where state = 'PROCESSING' and job.worker = worker.id)
                         returning id)
                     delete from %1$sjob_worker_facts where id in (select id from gone)
                     """.formatted(schema);
    }

    /** With a new number each time: the lock of a session that broke off may not be free yet. */
    void on(Connection connection) throws SQLException {
        Integer its = locks ? lock(connection) : null;
        try (var insert = connection.prepareStatement(register)) {
            insert.setObject(1, worker);
            insert.setObject(2, worker);
            insert.setString(3, name);
            insert.setString(4, facts.version());
            insert.setString(5, facts.host());
            insert.setArray(6, connection.createArrayOf("text", facts.queues().toArray()));
            insert.setInt(7, facts.slots());
            insert.setObject(8, worker);
            insert.setString(9, name);
            insert.setObject(10, its, Types.INTEGER);
            insert.executeUpdate();
        }
    }

    private int lock(Connection connection) throws SQLException {
        int its;
        try (var select = connection.prepareStatement(number); var row = select.executeQuery()) {
            row.next();
            its = row.getInt(1);
        }
        try (var select = connection.prepareStatement(lock)) {
            select.setInt(1, its);
            select.execute();
        }
        return its;
    }

    /** Unless it leaves jobs behind: then others look after them. */
    void leave(Connection connection) throws SQLException {
        try (var delete = connection.prepareStatement(leave)) {
            delete.setObject(1, worker);
            delete.executeUpdate();
        }
    }
}
