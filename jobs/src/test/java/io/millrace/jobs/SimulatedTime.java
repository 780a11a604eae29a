package io.millrace.jobs;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;

import org.springframework.jdbc.core.simple.JdbcClient;

import io.millrace.testkit.TestPostgres;

/** A database whose clock can be set, and a clock for nodes that goes with it. Both run on from what they were set to. */
final class SimulatedTime extends Clock {

    private final String database = TestPostgres.newDatabase();
    private final JdbcClient jdbc = JdbcClient.create(TestPostgres.dataSource(database));
    private volatile Duration ahead = Duration.ZERO;

    SimulatedTime() {
        jdbc.sql("""
                 create schema simulated;
                 create table simulated.clock as select interval '0 seconds' as ahead;
                 create function simulated.clock_timestamp() returns timestamptz language sql volatile
                     as 'select pg_catalog.clock_timestamp() + ahead from simulated.clock';
                 create function simulated.now() returns timestamptz language sql stable
                     as 'select pg_catalog.now() + ahead from simulated.clock'
                 """).update();
    }

    /** Postgres' own functions are found after the simulated ones. */
    String url() {
        return database + "&currentSchema=simulated,pg_catalog,public";
    }

    void set(Instant time) {
        ahead = Duration.between(Clock.systemUTC().instant(), time);
        jdbc.sql(
                """
                update simulated.clock
                set ahead = make_interval(secs => extract(epoch from ? - pg_catalog.clock_timestamp())::double precision)
                """)
                .param(OffsetDateTime.ofInstant(time, ZoneOffset.UTC)).update();
    }

    @Override
    public Instant instant() {
        return Clock.systemUTC().instant().plus(ahead);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("instants have no zone");
    }
}
