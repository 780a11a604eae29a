package io.millrace.jobs.testing;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

import io.millrace.jobs.JobsAutoConfiguration;
import io.millrace.testkit.TestPostgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class SettableClockTest extends ServiceUnderTest {

    private static final Instant FAR = Instant.parse("2031-05-06T07:08:09Z");
    /** However slow the machine is, a test takes less. */
    private static final Duration MOMENT = Duration.ofMinutes(5);

    private static final int CONNECTIONS = 8;

    @Autowired
    Clock ofTheService;
    @Autowired
    @Qualifier(JobsAutoConfiguration.ENGINE)
    DataSource engine;

    @ParameterizedTest
    @ValueSource(strings = {"clock_timestamp()", "now()", "statement_timestamp()", "transaction_timestamp()"})
    void movesTheServicesTimeAndThatOfAllItsSessions(String function) {
        clock.set(FAR);

        assertThatIsFar(clock.instant());
        assertThatIsFar(ofTheService.instant());
        assertThatIsFar(time(jdbc, function));
        assertThatIsFar(time(JdbcClient.create(engine), function));
    }

    @Test
    void runsOn() {
        clock.set(FAR);

        var first = time(jdbc, "clock_timestamp()");
        assertThat(time(jdbc, "clock_timestamp()")).isAfter(first);
        assertThat(clock.instant()).isAfter(FAR);
    }

    @Test
    void goesBothWaysAndBackToTheRealTime() {
        clock.set(FAR);
        clock.advance(Duration.ofDays(400));
        assertThatIsAbout(FAR.plus(Duration.ofDays(400)), time(jdbc, "now()"));
        clock.advance(Duration.ofDays(-400));
        assertThatIsFar(time(jdbc, "now()"));

        clock.reset();

        assertThatIsAbout(Clock.systemUTC().instant(), clock.instant());
        assertThatIsAbout(Clock.systemUTC().instant(), time(jdbc, "now()"));
    }

    @Test
    void isTheSameTimeInOtherZones() {
        var berlin = clock.withZone(ZoneId.of("Europe/Berlin"));
        clock.set(FAR);

        assertThatIsFar(berlin.instant());
        assertThat(berlin.getZone()).isEqualTo(ZoneId.of("Europe/Berlin"));
    }

    @Test
    void leavesADatabaseAloneUntilItIsSet() {
        var dataSource = TestPostgres.dataSource(TestPostgres.newDatabase());
        var untouched = new SettableClock(Clock.systemUTC(), dataSource);

        assertThatIsAbout(Clock.systemUTC().instant(), untouched.instant());
        untouched.reset();

        assertThat(schemas(dataSource)).isZero();
        untouched.set(FAR);
        assertThat(schemas(dataSource)).isOne();
    }

    @Test
    void isSetAgainByTheNextTestRun() {
        var dataSource = TestPostgres.dataSource(TestPostgres.newDatabase());
        new SettableClock(Clock.systemUTC(), dataSource).set(FAR);

        try (var next = new SettableClock(Clock.systemUTC(), dataSource)) {
            next.set(FAR.plus(Duration.ofDays(1)));
            assertThatIsAbout(FAR.plus(Duration.ofDays(1)), time(JdbcClient.create(dataSource), "now()"));
        }
        assertThatIsAbout(Clock.systemUTC().instant(), time(JdbcClient.create(dataSource), "now()"));
    }

    /** Some of its connections are just being opened. */
    @RepeatedTest(3)
    void isTheTimeOfEveryConnectionOfAPoolThatFillsItself() throws SQLException {
        var settings = new HikariConfig();
        settings.setDataSource(TestPostgres.dataSource(TestPostgres.newDatabase()));
        settings.setMaximumPoolSize(CONNECTIONS);
        try (var pool = new HikariDataSource(settings)) {
            new SettableClock(Clock.systemUTC(), pool).set(FAR);

            var connections = new ArrayList<Connection>();
            for (int i = 0; i < CONNECTIONS; i++) {
                connections.add(pool.getConnection());
            }
            assertThat(connections).hasSize(CONNECTIONS).allSatisfy(connection -> assertThatIsFar(
                    time(JdbcClient.create(new SingleConnectionDataSource(connection, true)), "now()")));
        }
    }

    @Test
    void leavesTheApplicationsTablesInItsOwnSchema() {
        clock.set(FAR);

        jdbc.sql("create table made_later (at timestamptz default now())").update();

        assertThat(jdbc.sql("select schemaname from pg_tables where tablename = 'made_later'").query(String.class)
                .single()).isEqualTo("public");
        jdbc.sql("insert into made_later default values").update();
        assertThatIsFar(jdbc.sql("select at from made_later").query(OffsetDateTime.class).single().toInstant());
    }

    @Test
    void cannotBeSetInATransaction() {
        assertThatIllegalStateException()
                .isThrownBy(() -> transactions.executeWithoutResult(status -> clock.set(FAR)))
                .withMessageContaining("in a transaction").withMessageContaining("set it before");
        assertThatIsAbout(Clock.systemUTC().instant(), clock.instant());
    }

    @Test
    void saysSoWhereTheConnectionsLookForFunctionsElsewhere() {
        var elsewhere = TestPostgres.dataSource(TestPostgres.newDatabase() + "&currentSchema=public");
        var refused = new SettableClock(Clock.systemUTC(), elsewhere);

        assertThatIllegalStateException().isThrownBy(() -> refused.set(FAR))
                .withMessageContaining("search_path; let that end with settable_clock, pg_catalog");
        assertThatIsAbout(Clock.systemUTC().instant(), refused.instant());
    }

    @Test
    void saysSoWhereTheDatabaseIsSomebodyElses() {
        var url = TestPostgres.newDatabase();
        JdbcClient.create(TestPostgres.dataSource(url)).sql("create role guest login").update();
        var guests = TestPostgres.dataSource(url.replace("user=" + TestPostgres.USER, "user=guest"));

        assertThatIllegalStateException().isThrownBy(() -> new SettableClock(Clock.systemUTC(), guests).set(FAR))
                .withMessageContaining("that its user owns").withCauseInstanceOf(SQLException.class);
    }

    private static void assertThatIsFar(Instant time) {
        assertThatIsAbout(FAR, time);
    }

    private static void assertThatIsAbout(Instant expected, Instant time) {
        assertThat(time).isBetween(expected.minus(MOMENT), expected.plus(MOMENT));
    }

    private static Instant time(JdbcClient jdbc, String function) {
        return jdbc.sql("select " + function).query(OffsetDateTime.class).single().toInstant();
    }

    private static long schemas(DataSource dataSource) {
        return JdbcClient.create(dataSource)
                .sql("select count(*) from pg_namespace where nspname = 'settable_clock'").query(Long.class).single();
    }
}
