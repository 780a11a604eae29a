package io.millrace.jobs;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Searches find the same with stretches as without them, whatever came when. */
class JobZonesTest extends ZonedJobs {

    static Stream<JobFilter> filters() {
        return Stream.of(JobFilter.ALL.withType("rare"), JobFilter.ALL.withType("nobody's"),
                JobFilter.ALL.withType("usual").withQueue("slow"), JobFilter.ALL.withQueue("slow").withLabel("old"),
                JobFilter.ALL.withLabel("old"), JobFilter.ALL.withLabel("odd"),
                JobFilter.ALL.withType("rare").withState(JobStatus.State.ENQUEUED));
    }

    @ParameterizedTest
    @MethodSource("filters")
    void hideNothingThatFits(JobFilter filter) {
        fill();
        var all = ids(filter);

        mapAll();

        assertThat(count("job_zones")).isEqualTo(JOBS / WriteZones.JOBS - 1);
        assertThat(ids(filter)).isEqualTo(all);
        assertThat(skipped(filter)).isPositive();
    }

    @Test
    void takeASearchPastAllThatHaveNoneOfWhatItLooksFor() {
        fill();
        mapAll();
        var newest = place("select max(ends) - interval '1 microsecond' from millrace_jobs.job_zones");

        assertThat(skip(JobFilter.ALL.withType("nobody's"), newest))
                .contains(place("select min(begins) from millrace_jobs.job_zones"));
        assertThat(skip(JobFilter.ALL.withLabel("old"), newest))
                .contains(place("select ends from millrace_jobs.job_zones order by begins limit 1"));
        assertThat(skip(JobFilter.ALL.withType("usual"), newest)).contains(newest);
        assertThat(skip(JobFilter.ALL.withType("nobody's"), LookForJobs.START)).isEmpty();
    }

    /** Jobs of before all stretches are in none, and those of which it is known are not all. */
    @Test
    void sayNothingOfTheJobsBeforeTheFirst() {
        fill();
        mapAll();
        var late = Stream.of("2025-03-01", "2025-02-01", "2025-01-01")
                .map(time -> insert("late", "default", "null", "'" + time + "'")).toList();
        tables.jdbc.sql("delete from millrace_jobs.job_zone_strays where at > '2025-01-15'").update();

        assertThat(skip(JobFilter.ALL.withType("late"), place("select timestamp '2025-04-01'"))).isEmpty();
        assertThat(skip(JobFilter.ALL.withType("late"), place("select timestamp '2026-01-01 00:00:05'")))
                .contains(place("select min(begins) from millrace_jobs.job_zones"));
        assertThat(ids(JobFilter.ALL.withType("late"))).isEqualTo(late);
    }

    /** They are in none, and a look may end among them. */
    @Test
    void sayNothingOfTheJobsOfTheMicrosecondAtWhichTheLastOneEnds() {
        fill();
        tables.jdbc.sql(
                """
                update millrace_jobs.jobrunr_jobs
                set createdAt = '2026-01-01 00:00:20', placedById = null, id = lpad(to_hex(i), 8, '0') || substr(id, 9),
                    type = case when i = 1 then 'late' else type end
                from (select id as of, row_number() over (order by createdAt) as i from millrace_jobs.jobrunr_jobs
                      where createdAt >= (timestamp '2026-01-01' + %d * interval '1 ms')) last
                where id = of
                """.formatted(4 * WriteZones.JOBS + 1)).update();
        tables.jdbc.sql("delete from millrace_jobs.job_zone_strays").update();

        mapAll();

        assertThat(place("select max(ends) from millrace_jobs.job_zones").createdAt())
                .isEqualTo("2026-01-01T00:00:20Z");
        assertThat(ids(JobFilter.ALL.withType("late"))).hasSize(1);
    }

    @Test
    void areAddedToByWhatComesLate() {
        fill();
        mapAll();
        var late = List.of(JobFilter.ALL.withType("late"), JobFilter.ALL.withQueue("of the late"),
                JobFilter.ALL.withLabel("lately"), JobFilter.ALL.withType("later").withQueue("default"));

        insert("late", "of the late", "array['lately']", "'2026-01-01 00:00:03'");
        insert("later", "default", "null", "'2026-01-01 00:00:03'");
        insert("late", "of the late", "array['lately']", "'2025-01-01'");

        assertThat(count("job_zone_strays")).isEqualTo(3);
        assertThat(late).allSatisfy(filter -> assertThat(skipped(filter)).isPositive());
        assertThat(ids(late.getFirst())).hasSize(2);
        mapAll();
        assertThat(count("job_zone_strays")).isZero();
        assertThat(late).allSatisfy(filter -> assertThat(skipped(filter)).isPositive());
        assertThat(ids(late.getFirst())).hasSize(2);
        assertThat(count("job_zones where types @> array['late', 'later'] and queues @> array['of the late']"
                + " and 'lately' = any (labels)")).isOne();
    }

    @Test
    void areAddedToByWhatIsChanged() {
        fill();
        mapAll();
        var id = ids(JobFilter.ALL.withLabel("odd")).getFirst();

        tables.jdbc.sql("update millrace_jobs.jobrunr_jobs set queue = 'another' where id = ?::bpchar")
                .param(id.toString()).update();

        var another = JobFilter.ALL.withQueue("another");
        assertThat(skipped(another)).isPositive();
        assertThat(ids(another)).containsExactly(id);
        mapAll();
        assertThat(skipped(another)).isPositive();
        assertThat(ids(another)).containsExactly(id);
    }

    @Test
    void areNotTouchedByWhatJobsGoThrough() {
        insert("usual", "default", "null", "now() at time zone 'UTC' - interval '4 minutes'");
        assertThat(count("job_zone_strays")).isZero();
        insert("usual", "default", "null", "now() at time zone 'UTC' - interval '6 minutes'");
        assertThat(count("job_zone_strays")).isOne();

        tables.jdbc.sql("update millrace_jobs.jobrunr_jobs set state = 'PROCESSING', version = 2, queue = queue")
                .update();

        assertThat(count("job_zone_strays")).isOne();
    }
}
