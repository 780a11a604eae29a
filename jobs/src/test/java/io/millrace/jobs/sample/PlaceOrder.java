package io.millrace.jobs.sample;

import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import io.millrace.jobs.EnqueueOptions;
import io.millrace.jobs.JobQueue;

/** The service's own transaction: a row and a job, both or neither. */
@Component
public class PlaceOrder {

    private final JdbcClient jdbc;
    private final JobQueue queue;

    PlaceOrder(JdbcClient jdbc, JobQueue queue) {
        this.jdbc = jdbc;
        this.queue = queue;
        jdbc.sql("create table if not exists orders (id int primary key)").update();
    }

    @Transactional
    public UUID place(int id, String address) {
        jdbc.sql("insert into orders (id) values (?)").param(id).update();
        return queue.enqueue(new ShipOrder(id, address));
    }

    @Transactional
    public UUID placeThenFail(int id) {
        place(id, "somewhere");
        throw new IllegalStateException("changed my mind");
    }

    @Transactional
    public void placeWithJob(int id, UUID jobId) {
        queue.enqueue(new ShipOrder(id, "somewhere"), EnqueueOptions.DEFAULTS.withId(jobId));
        jdbc.sql("insert into orders (id) values (?)").param(id).update();
    }

    @Transactional(readOnly = true)
    public void placeReadOnly(int id) {
        queue.enqueue(new ShipOrder(id, "somewhere"));
    }

    public long orders(int id) {
        return jdbc.sql("select count(*) from orders where id = ?").param(id).query(Long.class).single();
    }
}
