package io.millrace.jobs.figures;

import java.time.Duration;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class WriteFiguresTest {

    private static final String RENAME = "alter table millrace_jobs.%s rename to %s";

    private final FigureTables its = new FigureTables();

    @AfterEach
    void close() {
        its.close();
    }

    @Test
    void writesARowForEachPairAndNoneOfNothing() {
        its.events.enqueued("send", "mail", 2);
        its.events.enqueued("send", "mail", 3);
        its.events.enqueued("send", "bulk", 7);
        its.write.write();
        its.write.write();

        assertThat(its.rows("new_job_figures")).isEqualTo(2);
        assertThat(enqueued()).isEqualTo(12);
    }

    @Test
    void saysWhenItWasByTheDatabasesClock() {
        its.pass(Duration.ofHours(3));
        its.write.write();
        its.events.enqueued("send", "mail", 2);
        its.pass(Duration.ofSeconds(10));
        its.write.write();

        assertThat(
                its.tables.jdbc.sql("""
                                    select at = date_bin('10 seconds', at, 'epoch')
                                        and clock_timestamp() - at between interval '5 seconds' and interval '1 minute'
                                    from millrace_jobs.new_job_figures
                                    """).query(Boolean.class).single()).isTrue();
    }

    @Test
    void losesNothingWhileTheDatabaseIsAway() {
        away(true);
        for (int i = 0; i < 50; i++) {
            its.events.enqueued("send", "mail", 1);
            its.pass(Duration.ofSeconds(10));
            assertThatExceptionOfType(DataAccessException.class).isThrownBy(its.write::write);
        }
        away(false);
        its.events.enqueued("send", "mail", 1);
        its.write.write();
        its.write.write();

        assertThat(enqueued()).isEqualTo(51);
        assertThat(its.tables.jdbc.sql("""
                                       select count(distinct at) > 40 and max(at) - min(at) > interval '8 minutes'
                                       from millrace_jobs.new_job_figures
                                       """).query(Boolean.class).single()).isTrue();
    }

    @Test
    void keepsSoMuchAndNoMoreMeanwhile() {
        away(true);
        for (int i = 0; i < 20; i++) {
            IntStream.range(0, 400).forEach(queue -> its.events.enqueued("send", "q" + queue, 1));
            its.pass(Duration.ofSeconds(10));
            assertThatExceptionOfType(DataAccessException.class).isThrownBy(its.write::write);
        }
        away(false);
        its.write.write();

        assertThat(its.rows("new_job_figures")).isLessThanOrEqualTo(WriteFigures.MOST_KEPT);
        assertThat(enqueued()).isEqualTo(20 * 400);
    }

    private void away(boolean away) {
        var there = "new_job_figures";
        its.tables.jdbc.sql(away ? RENAME.formatted(there, "away") : RENAME.formatted("away", there)).update();
    }

    private long enqueued() {
        return its.tables.jdbc.sql("select sum(enqueued) from millrace_jobs.new_job_figures").query(Long.class)
                .single();
    }
}
