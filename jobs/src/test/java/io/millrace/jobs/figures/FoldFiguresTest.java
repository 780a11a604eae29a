package io.millrace.jobs.figures;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.millrace.jobs.JobEvents.Outcome;
import io.millrace.jobs.Turns;

import static org.assertj.core.api.Assertions.assertThat;

class FoldFiguresTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private final FigureTables its = new FigureTables();

    @AfterEach
    void close() {
        its.close();
    }

    @Test
    void changesNothingOfWhatIsSaid() {
        for (int i = 1; i <= 30; i++) {
            its.events.enqueued("send", i % 2 == 0 ? "mail" : "bulk", i);
            its.events.ended("send", "mail", Outcome.SUCCEEDED, Duration.ofMillis(i));
            its.events.started("paint", "default", Duration.ofSeconds(i));
            its.write.write();
            if (i == 15) {
                its.fold.fold();
            }
        }
        var types = its.figures.byType(HOUR);
        var queues = its.figures.byQueue(Duration.ofDays(2));

        its.fold.fold();
        its.fold.fold();

        assertThat(its.rows("new_job_figures")).isZero();
        assertThat(its.figures.byType(HOUR)).isEqualTo(types).hasSize(2);
        assertThat(its.figures.byQueue(Duration.ofDays(2))).isEqualTo(queues).hasSize(3);
        assertThat(sums("enqueued")).containsExactly(465L, 465L, 465L, 465L);
    }

    @Test
    void addsToTheSameRows() {
        for (int i = 0; i < 20; i++) {
            its.events.enqueued("send", "mail", 1);
            its.write.write();
        }
        // All of one moment.
        its.tables.jdbc.sql("update millrace_jobs.new_job_figures set at = timestamptz 'epoch'").update();
        its.fold.fold();

        assertThat(its.rows("job_figures")).as("it is too old for anybody").isZero();

        its.events.enqueued("send", "mail", 1);
        its.write.write();
        its.fold.fold();

        assertThat(its.rows("job_figures")).isEqualTo(Span.values().length);
        assertThat(sums("enqueued")).containsExactly(1L, 1L, 1L, 1L);
    }

    @Test
    void countsNothingTwiceHoweverManyFold() {
        for (int i = 0; i < 4; i++) {
            IntStream.range(0, 400).forEach(queue -> its.events.enqueued("send", "q" + queue, 1));
            its.write.write();
        }

        var others = Stream.generate(() -> new FoldFigures(its.tables.database, its.tables.schema, Turns.REAL))
                .limit(4).map(other -> CompletableFuture.runAsync(other::fold)).toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(others).join();
        its.fold.fold();

        assertThat(its.rows("new_job_figures")).isZero();
        assertThat(sums("enqueued")).containsExactly(1_600L, 1_600L, 1_600L, 1_600L);
    }

    @Test
    void dropsEachSpanWhenItIsTooOld() {
        its.events.enqueued("send", "mail", 1);
        its.write.write();
        its.age("3 hours");
        its.fold.fold();
        assertThat(spans()).containsExactly(60, 300, 3600);

        its.tables.jdbc.sql("update millrace_jobs.job_figures set at = at - interval '2 days'").update();
        its.fold.fold();
        assertThat(spans()).containsExactly(300, 3600);

        its.tables.jdbc.sql("update millrace_jobs.job_figures set at = at - interval '6 days'").update();
        its.fold.fold();
        assertThat(spans()).isEmpty();
    }

    private List<@Nullable Integer> spans() {
        return its.tables.jdbc.sql("select span from millrace_jobs.job_figures order by span").query(Integer.class)
                .list();
    }

    private List<@Nullable Long> sums(String column) {
        return its.tables.jdbc.sql("select sum(%s) from millrace_jobs.job_figures group by span".formatted(column))
                .query(Long.class).list();
    }
}
