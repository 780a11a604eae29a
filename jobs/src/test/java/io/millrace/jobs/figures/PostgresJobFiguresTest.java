package io.millrace.jobs.figures;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.millrace.jobs.JobEvents.Outcome;
import io.millrace.jobs.figures.JobFigures.Counts;
import io.millrace.jobs.figures.JobFigures.Point;
import io.millrace.jobs.figures.JobFigures.Times;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class PostgresJobFiguresTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final FigureTables its = new FigureTables();

    @AfterEach
    void close() {
        its.close();
    }

    @Test
    void sumUpTypesAndQueuesWithinTheWindow() {
        happen("2 hours");
        happen("30 minutes");
        its.events.started("paint", "default", Duration.ofMillis(20));
        its.write.write();

        var hour = its.figures.byType(HOUR);
        assertThat(hour).extracting(JobFigures.Sum::name).containsExactly("paint", "send");
        assertThat(hour.getLast().counts()).isEqualTo(new Counts(5, 0, 1, 0, 0, 0, 0));
        assertThat(hour.getFirst().runs()).isEqualTo(Times.NONE);
        assertThat(hour.getFirst().waits().p99()).isBetween(Duration.ofMillis(19), Duration.ofMillis(21));
        assertThat(its.figures.byType(DAY).getLast().counts()).isEqualTo(new Counts(10, 0, 2, 0, 0, 0, 0));
        assertThat(its.figures.byQueue(JobFigures.LONGEST))
                .extracting(sum -> sum.name() + " " + sum.counts().enqueued())
                .containsExactly("bulk 4", "default 0", "mail 6");
    }

    @Test
    void countNothingTwiceWhereverTheWindowBegins() {
        for (int event = 1; event <= 105; event++) {
            happen(17 * event + " minutes");
            if (event == 80) {
                its.fold.fold();
            }
        }

        // It begins at most five minutes earlier than it says.
        for (int events = 0; events < 100; events += 3) {
            var sums = its.figures.byType(Duration.ofMinutes(17L * events + 8));
            assertThat(sums.stream().mapToLong(sum -> sum.counts().enqueued()).sum()).as("%d events", events)
                    .isEqualTo(5L * events);
        }
    }

    @Test
    void areEvenlySpacedAndEndNow() {
        happen("3 minutes");
        var before = Instant.now();
        its.write.write();

        var points = its.figures.ofType("send", HOUR, MINUTE);

        assertThat(points).hasSize(60).extracting(Point::from).isSorted();
        assertThat(Duration.between(points.getFirst().from(), points.getLast().from()))
                .isEqualTo(Duration.ofMinutes(59));
        assertThat(points.getLast().from()).isBetween(before.minus(MINUTE), Instant.now());
        assertThat(points.stream().mapToLong(point -> point.counts().enqueued()).sum()).isEqualTo(5);
        assertThat(points.get(56).counts().enqueued() + points.get(55).counts().enqueued()).isEqualTo(5);
        assertThat(points.getFirst())
                .isEqualTo(new Point(points.getFirst().from(), Counts.NONE, Times.NONE, Times.NONE));

        its.fold.fold();

        assertThat(its.figures.ofQueue("mail", DAY, Duration.ofMinutes(15))).hasSize(96)
                .satisfies(day -> assertThat(day.stream().mapToLong(point -> point.counts().enqueued()).sum())
                        .isEqualTo(3));
        assertThat(its.figures.ofType("send", HOUR, Duration.ofSeconds(10))).hasSize(360)
                .satisfies(fine -> assertThat(fine.stream().mapToLong(point -> point.counts().succeeded()).sum())
                        .isEqualTo(1));
        assertThat(its.figures.ofType("paint", HOUR, MINUTE)).hasSize(60)
                .allSatisfy(point -> assertThat(point.counts()).isEqualTo(Counts.NONE));
    }

    @ParameterizedTest
    @CsvSource({"PT0S, PT1M", "P9D, PT1H", "PT1H, PT0S", "PT1H, PT15S", "PT1H, PT-1M", "PT2H, PT10S", "P2D, PT1M",
            "P8D, PT5M"})
    void refuseWhatIsNotKept(Duration window, Duration step) {
        assertThatIllegalArgumentException().isThrownBy(() -> its.figures.ofType("send", window, step))
                .withMessageMatching("(window|step) PT.*");
    }

    /** Three of mail, one of which has succeeded, and two of bulk. */
    private void happen(String ago) {
        its.events.enqueued("send", "mail", 3);
        its.events.ended("send", "mail", Outcome.SUCCEEDED, Duration.ofMillis(20));
        its.events.enqueued("send", "bulk", 2);
        its.write.write();
        its.tables.jdbc
                .sql("""
                     update millrace_jobs.new_job_figures set at = date_bin('10 seconds', at - ?::interval, 'epoch')
                     where at > clock_timestamp() - interval '1 minute'
                     """).param(ago).update();
    }
}
