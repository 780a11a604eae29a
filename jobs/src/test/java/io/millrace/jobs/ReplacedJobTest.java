package io.millrace.jobs;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

import io.millrace.jobs.JobStatus.State;
import io.millrace.jobs.sample.CopyBook;

import static org.assertj.core.api.Assertions.assertThat;

/** A job whose payload was replaced knows nothing of what was done with the old one. */
class ReplacedJobTest extends EmbeddedEngine {

    private static final List<String> TABLES = List.of("job_progress", "job_log_lines", "job_checkpoints",
            "job_effects");

    @Autowired
    Clock clock;
    @Autowired
    TransactionTemplate transactions;
    @Autowired
    JobWebhooks webhooks;

    @Test
    void beginsAtItsBeginning() {
        var key = UniqueKey.whileWaiting("the shelf").withPolicy(UniqueKey.Policy.REPLACE);
        var id = triedBefore(key);

        assertThat(queue.enqueue(new CopyBook(20, CopyBook.WELL), EnqueueOptions.DEFAULTS.withUniqueKey(key)))
                .isEqualTo(id);

        await(id, State.SUCCEEDED);
        assertThat(results.find(id).orElseThrow().json()).isEqualTo("{\"number\":20,\"from\":0,\"attempt\":1}");
    }

    @Test
    void hasNothingOfTheOldOneAsSoonAsItsCallerHasCommittedAndNotBefore() {
        var key = UniqueKey.whileWaiting("another shelf").withPolicy(UniqueKey.Policy.REPLACE);
        var id = triedBefore(key);
        var other = triedBefore(UniqueKey.whileWaiting("a third shelf"));

        transactions.executeWithoutResult(transaction -> {
            queue.enqueue(new CopyBook(21, CopyBook.WELL), later(key));
            assertThat(TABLES).allSatisfy(table -> assertThat(rows(table, id)).isZero());
            transaction.setRollbackOnly();
        });
        assertThat(TABLES).allSatisfy(table -> assertThat(rows(table, id)).isOne());
        queue.enqueue(new CopyBook(21, CopyBook.WELL), later(key));

        assertThat(TABLES).allSatisfy(table -> assertThat(rows(table, id)).isZero());
        assertThat(queue.find(id).orElseThrow().progress()).isNull();
        assertThat(TABLES).allSatisfy(table -> assertThat(rows(table, other)).isOne());
    }

    @Test
    void tellsNobodyWhoAskedForTheOldOne() {
        var key = UniqueKey.whileWaiting("a fourth shelf").withPolicy(UniqueKey.Policy.REPLACE);
        var id = triedBefore(key);
        assertThat(webhooks.register(id, "https://example.org/the-old-one")).isTrue();
        jdbc.sql("update millrace_jobs.jobrunr_jobs set webhookTold = 'FAILED' where id = ?").param(id.toString())
                .update();

        assertThat(queue.enqueue(new CopyBook(22, CopyBook.WELL), later(key))).isEqualTo(id);

        assertThat(jdbc.sql("""
                            select count(*) from millrace_jobs.jobrunr_jobs
                            where id = ? and webhook is null and webhookTold is null
                            """).param(id.toString()).query(Integer.class).single()).isOne();
        assertThat(webhooks.register(id, "https://example.org/the-new-one")).isTrue();
    }

    /** A waiting job, as one is whose first attempt failed at page five. */
    private UUID triedBefore(UniqueKey key) {
        var id = queue.enqueue(new CopyBook(19, CopyBook.WELL), later(key));
        jdbc.sql("insert into millrace_jobs.job_progress (job_id, place, run, done, total) values (?, 2, 2, 5, 10)")
                .param(id).update();
        jdbc.sql("""
                 insert into millrace_jobs.job_log_lines (job_id, run, line, place, said_at, text)
                 values (?, 2, 1, 2, now(), 'tired')
                 """).param(id).update();
        jdbc.sql("insert into millrace_jobs.job_checkpoints (job_id, run, value) values (?, 2, '{\"number\":5}')")
                .param(id).update();
        jdbc.sql("insert into millrace_jobs.job_effects (job_id, name, run) values (?, 'charge', 2)").param(id)
                .update();
        return id;
    }

    private EnqueueOptions later(UniqueKey key) {
        return EnqueueOptions.DEFAULTS.withUniqueKey(key).withRunAt(clock.instant().plus(Duration.ofDays(1)));
    }

    private long rows(String table, UUID id) {
        return jdbc.sql("select count(*) from millrace_jobs.%s where job_id = ?".formatted(table)).param(id)
                .query(Long.class).single();
    }
}
