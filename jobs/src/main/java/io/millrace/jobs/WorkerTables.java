package io.millrace.jobs;

import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/**
 * Where the workers of a process say that they live, and look who does not.
 *
 * @param facts
 *            what they say of themselves
 * @param sessions
 *            how many sessions their heartbeats have had, where one counts anew that found no space
 */
record WorkerTables(DataSource engine, JobsSchema schema, WakeUp wakeUp, WorkerFacts facts, AtomicInteger sessions) {

    WorkerTables(DataSource engine, JobsSchema schema, WakeUp wakeUp) {
        this(engine, schema, wakeUp, WorkerFacts.NONE);
    }

    WorkerTables(DataSource engine, JobsSchema schema, WakeUp wakeUp, WorkerFacts facts) {
        this(engine, schema, wakeUp, facts, new AtomicInteger());
    }
}
