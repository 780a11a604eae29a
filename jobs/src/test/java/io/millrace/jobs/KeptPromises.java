package io.millrace.jobs;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** What has become of {@link Errands} when nothing is left to do: each part of it is counted in the database. */
final class KeptPromises {

    private static final String FINAL = "('SUCCEEDED', 'FAILED', 'DELETED')";
    /** Each number that was promised, with its job's row as far as there is one. */
    private static final String PROMISED = """
                                           (select number, number % 20 in (8, 9, 10, 11, 19) as settles, promised.job as job_id,
                                               job.id as job, job.state, job.jobAsJson
                                           from promised left join millrace_jobs.jobrunr_jobs job on job.id = promised.job::text::bpchar) p
                                           """;
    private static final String CRASHES = "regexp_count(jobAsJson, 'io.millrace.jobs.WorkerCrashed')";

    private final Errands errands;
    private final int jobs;

    KeptPromises(Errands errands, int jobs) {
        this.errands = errands;
        this.jobs = jobs;
    }

    boolean areAllFinal() {
        return rows("jobrunr_jobs where state not in " + FINAL) == 0;
    }

    /** How many jobs went on after their worker had died. */
    int rescued() {
        return rows("jobrunr_jobs where %s > 0".formatted(CRASHES));
    }

    private int quarantined() {
        return rows("jobrunr_jobs where %s >= %d".formatted(CRASHES, CrashedJob.LAST_CRASH));
    }

    String figures() {
        return "%d refusals, %d runs rescued of %d jobs, %d quarantined, %d errands of %d ran again, %d cancelled"
                .formatted(errands.refusals(),
                        one("select coalesce(sum(%s), 0) from millrace_jobs.jobrunr_jobs".formatted(CRASHES)),
                        rescued(),
                        quarantined(), one("select count(*) - count(distinct number) from errands"),
                        one("select count(distinct number) from errands"), errands.cancelled().size());
    }

    void verify() {
        assertThat(areAllFinal()).as("all final").isTrue();
        assertThat(promised("true")).as("promised").isEqualTo(jobs);
        assertThat(promised("job is null")).as("lost").isZero();
        verifySettlements();
        verifyErrands();
        verifyFailures();
        verifyTraces();
    }

    private void verifySettlements() {
        String times = "(select count(*) from settlements where number = p.number)";
        assertThat(promised("settles and state = 'SUCCEEDED' and %s <> 1".formatted(times)))
                .as("settled, and not exactly once").isZero();
        assertThat(promised("settles and state <> 'SUCCEEDED' and %s <> 0".formatted(times)))
                .as("failed or cancelled, and settled all the same").isZero();
        assertThat(errands.cancelled()).isNotEmpty().allSatisfy(
                id -> assertThat(rows("jobrunr_jobs where id = '%s' and state = 'DELETED'".formatted(id)))
                        .as("cancelled, and stays so").isEqualTo(1));
        assertThat(one("""
                       with followers as (
                           select substring(jobAsJson from 'number\\\\":-([0-9]+)')::int as number, count(*) as jobs
                           from millrace_jobs.jobrunr_jobs where type = 'run-errand' group by 1)
                       select count(*) from %s left join followers using (number)
                       where p.number %% 20 = 8 and coalesce(jobs, 0) <> case when state = 'SUCCEEDED' then 1 else 0 end
                       """.formatted(PROMISED))).as("settled, and not followed by exactly one").isZero();
        assertThat(one("""
                       select count(*) from %s
                       where number %% 20 = 8 and state = 'SUCCEEDED'
                           and not exists(select from errands where number = -p.number)
                       """.formatted(PROMISED))).as("followed by one that did nothing")
                .isLessThanOrEqualTo(quarantined());
    }

    private void verifyErrands() {
        assertThat(promised("state = 'SUCCEEDED' and not settles"
                + " and not exists(select from errands where number = p.number)")).as("succeeded, with nothing done")
                .isZero();
        assertThat(promised("state = 'SUCCEEDED'"
                + " and not exists(select from millrace_jobs.job_results r where r.job_id = p.job_id)"))
                .as("succeeded without a result").isZero();
    }

    private void verifyFailures() {
        assertThat(promised("state = 'FAILED' and number %% 20 <> 16 and %s < %d"
                .formatted(CRASHES, CrashedJob.LAST_CRASH))).as("failed for no reason of its own").isZero();
        assertThat(promised("number % 20 = 16 and state <> 'FAILED'")).as("not failed, though it must").isZero();
        assertThat(quarantined()).as("quarantined").isLessThanOrEqualTo(jobs / 100);
    }

    private void verifyTraces() {
        assertThat(one("""
                       select count(*) from (
                           select step < max(step) over (partition by number order by at) as back from resumed) resumed
                       where back
                       """)).as("went on before the last checkpoint").isZero();
        assertThat(one("select count(*) - count(distinct number) from happened where not in_doubt"))
                .as("happened again without a doubt").isZero();
        for (var table : List.of("job_progress", "job_log_lines", "job_checkpoints", "job_effects")) {
            assertThat(rows(table)).as(table).isPositive();
            assertThat(rows(table + " t where not exists("
                    + "select from millrace_jobs.jobrunr_jobs where id = t.job_id::text::bpchar)"))
                    .as("rows of %s without a job", table).isZero();
        }
    }

    private int promised(String condition) {
        return one("select count(*) from " + PROMISED + " where " + condition);
    }

    private int rows(String of) {
        return one("select count(*) from millrace_jobs." + of);
    }

    private int one(String sql) {
        return errands.jdbc().sql(sql).query(Integer.class).single();
    }
}
