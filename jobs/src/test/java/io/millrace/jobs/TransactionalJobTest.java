package io.millrace.jobs;

import java.sql.SQLException;
import java.util.UUID;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.sql.DataSource;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;

import io.millrace.jobs.JobStatus.State;
import io.millrace.jobs.sample.PayBill;
import io.millrace.jobs.sample.PayBillHandler;
import io.millrace.testkit.TestPostgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a {@link TransactionalJobHandler} writes, its result and its job's end: all or nothing. */
class TransactionalJobTest extends EmbeddedEngine {

    @Autowired
    PayBillHandler handler;
    @Autowired
    JobStore store;
    @Autowired
    DataSource database;

    @Test
    void commitsItsWritesItsResultAndItsEndTogether() {
        var id = pay(1, PayBill.IN_CASH);

        var done = await(id, State.SUCCEEDED);

        assertThat(done.attempt()).isEqualTo(1);
        assertThat(result(id)).contains("\"number\":1", "\"attempt\":1");
        // One transaction wrote all three rows.
        assertThat(jdbc.sql("""
                            select count(distinct x) from (
                                select xmin::text x from payments where number = 1
                                union all select xmin::text from millrace_jobs.jobrunr_jobs where id = ?::text::bpchar
                                union all select xmin::text from millrace_jobs.job_results where job_id = ?::uuid) rows
                            """).params(id.toString(), id.toString()).query(Integer.class).single()).isEqualTo(1);
    }

    @Test
    void saysItsLastWordsSoon() {
        var id = pay(51, PayBill.IN_CASH);

        Awaitility.await().until(() -> new JobStatus.Progress(1, 2).equals(queue.find(id).orElseThrow().progress()));
    }

    /** A second, in which it would hold its locks and a connection. */
    @Test
    void doesNotStayOpenWhileItsLastWordsWaitToBeWritten() throws SQLException {
        try (var slow = database.getConnection(); var statement = slow.createStatement()) {
            slow.setAutoCommit(false);
            statement.execute("lock table millrace_jobs.job_progress in exclusive mode");

            var fastest = LongStream.range(0, 5).map(_ -> {
                long before = System.nanoTime();
                await(pay(52, PayBill.IN_CASH), State.SUCCEEDED);
                return System.nanoTime() - before;
            }).min().orElseThrow();

            assertThat(fastest).isLessThan(900_000_000L);
            slow.rollback();
        }
    }

    @Test
    void leavesNothingOfAnAttemptThatFailsAndIsTriedAgain() {
        var id = pay(90_002, PayBill.SHORT_OF_MONEY_AT_FIRST);

        assertThat(await(id, State.SUCCEEDED).attempt()).isEqualTo(2);

        assertThat(payments(90_002)).isEqualTo(1);
        assertThat(jobsOfOrder(90_002)).as("jobs enqueued by the attempt that failed").isZero();
    }

    @Test
    void doesNotRepeatAnEffectOutsideOfItsTransactionThatWasRolledBack() {
        var id = pay(20, PayBill.BY_LETTER_UNSTAMPED_AT_FIRST);

        assertThat(await(id, State.SUCCEEDED).attempt()).isEqualTo(2);

        assertThat(payments(20)).isEqualTo(1);
        assertThat(handler.letters()).isEqualTo(1);
    }

    @Test
    void failsWhereItMarksItsTransactionRollbackOnlyAndReturns() {
        var failed = await(pay(3, PayBill.WITHDRAWN), State.FAILED);

        assertThat(String.valueOf(failed.error())).contains("rollback-only");
        assertThat(payments(3)).isZero();
        assertThat(results.find(failed.id())).isEmpty();
    }

    @Test
    void failsWhereSomethingElseRefusesTheCommit() {
        var failed = await(pay(30, PayBill.REFUSED_BEFORE_THE_COMMIT), State.FAILED);

        assertThat(String.valueOf(failed.error())).contains("the till is locked");
        assertThat(payments(30)).isZero();
        assertThat(results.find(failed.id())).isEmpty();
    }

    @Test
    void succeedsWhereItHasCommittedWhateverIsReported() {
        for (var how : new String[]{PayBill.REPORTED_AS_REFUSED, PayBill.LOST_RECEIPT}) {
            int number = 31 + how.length();
            var done = await(pay(number, how), State.SUCCEEDED);

            assertThat(done.attempt()).as(how).isEqualTo(1);
            assertThat(payments(number)).as(how).isEqualTo(1);
            assertThat(result(done.id())).as(how).contains("\"attempt\":1");
        }
    }

    @Test
    void failsWhereTheDatabaseRefusesTheCommit() {
        var failed = await(pay(4, PayBill.REFUSED_AT_THE_COMMIT), State.FAILED);

        assertThat(failed.attempt()).isEqualTo(2);
        assertThat(String.valueOf(failed.error())).contains("duplicate key");
        assertThat(payments(4)).isZero();
        assertThat(results.find(failed.id())).isEmpty();
    }

    @Test
    void enqueuesJobsThatCommitWithIt() {
        await(pay(90_005, PayBill.WITH_AN_ORDER), State.SUCCEEDED);

        assertThat(jobsOfOrder(90_005)).isEqualTo(1);
    }

    @Test
    void leavesNothingOfARunWhoseJobWasDeletedMeanwhile() {
        var id = payAtTheCounter(6);
        var running = store.getJobById(id);
        running.delete("by an operator");
        store.save(running);

        handler.serveOne();

        var after = pay(60, PayBill.IN_CASH);
        await(after, State.SUCCEEDED);
        awaitTheEndOfAllThatWrite();
        assertThat(queue.find(id).orElseThrow().state()).isEqualTo(State.DELETED);
        assertThat(payments(6)).isZero();
        assertThat(results.find(id)).isEmpty();
    }

    @Test
    void leavesOnlyWhatTheRunDidThatTookAnothersPlace() {
        var id = payAtTheCounter(7);
        int before = handler.atTheCounter();
        // As a rescuer does who takes its worker for dead.
        store.save(UntakenJob.of(store.getJobById(id)));
        Awaitility.await().until(() -> handler.atTheCounter() == before + 1);

        handler.serveOne();
        handler.serveOne();

        await(id, State.SUCCEEDED);
        awaitTheEndOfAllThatWrite();
        assertThat(payments(7)).isEqualTo(1);
    }

    @Test
    void refusesToStartWhereNoTransactionIsOnTheDataSourceOfTheJobs() {
        var application = new DriverManagerDataSource(TestPostgres.newDatabase());
        var other = new JdbcTransactionManager(new DriverManagerDataSource(TestPostgres.newDatabase()));
        var own = new JdbcTransactionManager(application);

        assertThatThrownBy(() -> ApplicationTransactions.on(application, Stream.of(other), "PayBillHandler"))
                .isInstanceOf(CannotStart.class).hasMessageContaining("PayBillHandler is a TransactionalJobHandler");
        var begun = ApplicationTransactions.on(application, Stream.of(other, own), "PayBillHandler").begin();
        assertThat(begun.isRollbackOnly()).isFalse();
        begun.rollBack(new IllegalStateException("it was only to begin"));
    }

    private UUID pay(int number, String how) {
        return queue.enqueue(new PayBill(number, how, ""));
    }

    private UUID payAtTheCounter(int number) {
        int before = handler.atTheCounter();
        var id = pay(number, PayBill.AT_THE_COUNTER);
        Awaitility.await().until(() -> handler.atTheCounter() == before + 1);
        return id;
    }

    /** Of a run that lost its job as well: it has written before it came to the counter. */
    private void awaitTheEndOfAllThatWrite() {
        Awaitility.await()
                .until(() -> jdbc.sql("""
                                      select count(*) from pg_stat_activity
                                      where datname = current_database() and backend_xid is not null
                                      """).query(Integer.class).single() == 0);
    }

    private String result(UUID id) {
        return results.find(id).orElseThrow().json();
    }

    private long payments(int number) {
        return jdbc.sql("select count(*) from payments where number = ?").param(number).query(Long.class).single();
    }

    private long jobsOfOrder(int number) {
        return jdbc.sql("select count(*) from millrace_jobs.jobrunr_jobs where jobAsJson like ?")
                .param("%{_\"orderId_\":" + number + ",%").query(Long.class).single();
    }
}
