package io.millrace.jobs;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.support.TransactionTemplate;

import io.millrace.jobs.sample.ShipOrder;
import io.millrace.jobs.sample.ShopApplication;
import io.millrace.jobs.testing.AutoConfigureJobTesting;
import io.millrace.jobs.testing.DrainQueue;
import io.millrace.jobs.testing.SettableClock;
import io.millrace.testkit.TestPostgres;

/** A service whose clock is set, without a running worker; each test begins on a Monday, ten seconds after noon, with an empty database. */
@SpringBootTest(classes = ShopApplication.class)
@AutoConfigureJobTesting
class SchedulesUnderTest {

    static final Instant NOON = Instant.parse("2031-01-06T12:00:00Z");
    static final ScheduleOptions HOURLY = ScheduleOptions.cron("@hourly", ZoneId.of("UTC"));
    static final Duration MINUTE = Duration.ofMinutes(1);

    @Autowired
    JobSchedules schedules;
    @Autowired
    DueSchedules due;
    @Autowired
    JobQueue queue;
    @Autowired
    DrainQueue drain;
    @Autowired
    SettableClock clock;
    @Autowired
    JdbcClient jdbc;
    @Autowired
    TransactionTemplate transactions;

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry properties) {
        properties.add("spring.datasource.url", TestPostgres::newDatabase);
    }

    @BeforeEach
    void begin() {
        jdbc.sql("delete from millrace_jobs.jobrunr_jobs").update();
        jdbc.sql("delete from millrace_jobs.job_schedules").update();
        clock.set(NOON.plusSeconds(10));
    }

    @AfterEach
    void backToTheRealTime() {
        clock.reset();
    }

    Schedule put(String id, ScheduleOptions options) {
        return schedules.put(id, new ShipOrder(7, "somewhere"), options).schedule();
    }

    Schedule find(String id) {
        return schedules.find(id).orElseThrow();
    }

    /** Sets the clock, and queues what is due then. Returns how many jobs wait in all. */
    int queuedAt(Instant time) {
        clock.set(time);
        due.enqueue();
        return waiting().size();
    }

    List<String> waiting() {
        return jdbc.sql("select id from millrace_jobs.jobrunr_jobs where state = 'ENQUEUED' order by createdAt")
                .query((row, number) -> row.getString(1)).list();
    }
}
