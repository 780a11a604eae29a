package io.millrace.dashboard.pages;

import javax.sql.DataSource;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.millrace.dashboard.pages.TableTally.Part;
import io.millrace.testkit.TestPostgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

class TableTallyTest {

    private static DataSource database;

    @BeforeAll
    static void fill() {
        database = TestPostgres.dataSource(TestPostgres.newDatabase());
        var jdbc = JdbcClient.create(database);
        jdbc.sql("create table small (state text, size bigint)").update();
        jdbc.sql("insert into small values ('READY', 10), ('READY', 20), ('UPLOADING', null)").update();
        jdbc.sql("create table large (state text, size bigint, filler text)").update();
        // Some 4,000 blocks.
        jdbc.sql("""
                 insert into large select case when i % 4 = 0 then 'FAILED' else 'SENT' end, 100, repeat('x', 300)
                 from generate_series(1, 100000) i
                 """).update();
    }

    @Test
    void countsASmallTableExactly() {
        var tally = new TableTally(database).of("small", "state", "size").orElseThrow();

        assertThat(tally.exact()).isTrue();
        assertThat(tally.parts()).containsExactly(new Part("READY", 2, 30), new Part("UPLOADING", 1, 0));
    }

    @Test
    void reckonsALargeOneFromAPartOfIt() {
        var tally = new TableTally(database).of("large", "state", "size").orElseThrow();

        assertThat(tally.exact()).isFalse();
        assertThat(tally.parts()).extracting(Part::name).containsExactly("FAILED", "SENT");
        assertThat(tally.parts().getFirst().rows()).isCloseTo(25_000, withPercentage(25));
        assertThat(tally.parts().getLast().rows()).isCloseTo(75_000, withPercentage(25));
        assertThat(tally.parts().getLast().bytes())
                .isCloseTo(100 * tally.parts().getLast().rows(), withPercentage(1));
    }

    @Test
    void findsNothingWhereThereIsNoSuchTable() {
        assertThat(new TableTally(database).of("mails", "state", "0")).isEmpty();
    }
}
