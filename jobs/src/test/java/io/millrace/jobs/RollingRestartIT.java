package io.millrace.jobs;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.millrace.jobs.sample.FillLedger;
import io.millrace.testkit.TestPostgres;

import static org.assertj.core.api.Assertions.assertThat;

/** Three workers under load that are replaced one after the other, as by a deployment. */
@Tag("long")
class RollingRestartIT {

    private static final Logger LOG = LoggerFactory.getLogger(RollingRestartIT.class);
    private static final int JOBS = 6_000;
    private static final Duration A_MINUTE = Duration.ofMinutes(1);

    private final String database = TestPostgres.newDatabase();
    private final Ledger ledger = new Ledger(database);
    private final List<WorkerProcess> workers = new ArrayList<>();

    @AfterEach
    void close() {
        workers.forEach(WorkerProcess::close);
        ledger.close();
    }

    @Test
    void losesNoJobRunsNoneTwiceAndFailsNone() throws Exception {
        for (int i = 0; i < 3; i++) {
            workers.add(start("old-" + i));
        }
        for (int i = 0; i < 3; i++) {
            int old = i;
            enqueueAFourth(i);
            Awaitility.await().atMost(A_MINUTE).until(
                    () -> running("old-" + old) > 0 && begunBy(workers.get(old)) > 0);
            workers.get(i).terminate();
            workers.get(i).awaitDeath();
            assertThat(running("old-" + i)).as("left behind by old-" + i).isZero();
            assertThat(states("ENQUEUED")).as("there is still something to do").isPositive();
            workers.add(start("new-" + i));
        }
        enqueueAFourth(3);

        Awaitility.await().atMost(A_MINUTE.multipliedBy(3)).untilAsserted(
                () -> assertThat(states("SUCCEEDED")).isEqualTo(JOBS));
        assertThat(ledger.count("began")).as("begun once each").isEqualTo(JOBS);
        assertThat(ledger.count("done")).isEqualTo(JOBS);
        assertThat(numbers()).as("different jobs that are done").isEqualTo(JOBS);
        assertThat(ledger.count("was stopped")).isZero();
        assertThat(ledger.jdbc().sql("select max(attempt) from ledger").query(Integer.class).single()).isEqualTo(1);
        assertThat(ledger.jdbc().sql("select count(distinct process) from ledger").query(Integer.class).single())
                .as("all took part").isEqualTo(6);
        assertThat(everFailed()).isZero();
        LOG.info("{} jobs, three workers restarted under way: each ran once, none failed", JOBS);
    }

    /** So that each restart finds enough to do. */
    private void enqueueAFourth(int which) {
        int fourth = JOBS / 4;
        // From nothing to a second, which is less than they have when their worker stops.
        ledger.enqueueAll(IntStream.range(which * fourth, (which + 1) * fourth).mapToObj(
                number -> new FillLedger(number, number % 50 == 0 ? 1_000 : number % 100 * 5, FillLedger.OBEYING)));
    }

    private WorkerProcess start(String name) throws IOException {
        return WorkerProcess.start(database, name, "concurrency=8", "stop-timeout=PT10S");
    }

    private int running(String worker) {
        return ledger.jdbc().sql("""
                                 select count(*) from millrace_jobs.jobrunr_jobs
                                 where state = 'PROCESSING' and jobAsJson like '%"serverName":"' || ? || '"%'
                                 """).param(worker).query(Integer.class).single();
    }

    private int begunBy(WorkerProcess worker) {
        return ledger.jdbc().sql("select count(*) from ledger where what = 'began' and process = ?").param(worker.pid())
                .query(Integer.class).single();
    }

    private int states(String state) {
        return ledger.jdbc().sql("select count(*) from millrace_jobs.jobrunr_jobs where state = ?").param(state)
                .query(Integer.class).single();
    }

    private int numbers() {
        return ledger.jdbc().sql("select count(distinct number) from ledger where what = 'done'").query(Integer.class)
                .single();
    }

    private int everFailed() {
        return ledger.jdbc().sql("select count(*) from millrace_jobs.jobrunr_jobs where jobAsJson like '%FAILED%'")
                .query(Integer.class).single();
    }
}
