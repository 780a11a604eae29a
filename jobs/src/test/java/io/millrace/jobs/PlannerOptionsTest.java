package io.millrace.jobs;

import java.sql.SQLException;
import java.util.Map;
import java.util.stream.Stream;

import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.env.MockEnvironment;

import io.millrace.testkit.TestPostgres;

import static org.assertj.core.api.Assertions.assertThat;

/** The engine's connections plan by index from their start on, whatever else the application's settings ask for. */
final class PlannerOptionsTest {

    private final HikariDataSource application = new HikariDataSource();

    PlannerOptionsTest() {
        application.setJdbcUrl(TestPostgres.newDatabase());
    }

    @AfterEach
    void close() {
        application.close();
    }

    @Test
    void areNothingThatASessionSetsAndAnotherInherits() throws SQLException {
        assertThat(shown(Map.of(), "enable_seqscan", "enable_bitmapscan", "enable_sort", "enable_hashjoin",
                "enable_mergejoin")).isEqualTo("off off off off off");
        assertThat(source(Map.of(), "enable_seqscan")).as("as the connection started").isEqualTo("client");
    }

    @Test
    void letNoStatementBeCompiledWhichTakesLongerThanToRunIt() throws SQLException {
        assertThat(shown(Map.of(), "jit")).isEqualTo("off");
    }

    @Test
    void endATransactionThatAPausedProcessHoldsOpen() throws SQLException {
        assertThat(shown(Map.of(), "idle_in_transaction_session_timeout")).isEqualTo("10s");
    }

    @Test
    void leaveTheApplicationsInitSqlAsItIs() throws SQLException {
        application.setConnectionInitSql("set application_name = 'ours'");

        assertThat(shown(Map.of(), "application_name", "enable_seqscan")).isEqualTo("ours off");
        assertThat(shown(Map.of("connection-init-sql", "set application_name = 'theirs'"), "application_name",
                "enable_seqscan")).isEqualTo("theirs off");
    }

    @Test
    void comeBehindOptionsOfTheDriversProperties() throws SQLException {
        application.addDataSourceProperty("options", "-c work_mem=5MB");

        assertThat(shown(Map.of(), "work_mem", "enable_seqscan")).isEqualTo("5MB off");
        assertThat(application.getDataSourceProperties()).containsEntry("options", "-c work_mem=5MB");
    }

    @Test
    void comeBehindOptionsOfTheUrl() throws SQLException {
        application.setJdbcUrl(application.getJdbcUrl() + (application.getJdbcUrl().contains("?") ? "&" : "?")
                + "options=-c%20work_mem=5MB");

        assertThat(shown(Map.of(), "work_mem", "enable_seqscan")).isEqualTo("5MB off");
    }

    @Test
    void giveWayToWhatTheOperatorSays() throws SQLException {
        application.addDataSourceProperty("options", "-c enable_hashjoin=off");
        assertThat(shown(Map.of("data-source-properties.options", ""), "enable_seqscan", "enable_hashjoin"))
                .isEqualTo("on on");
        assertThat(shown(Map.of("data-source-properties.options", "-c enable_sort=off"), "enable_sort",
                "enable_seqscan")).isEqualTo("off on");
    }

    private String shown(Map<String, String> settings, String... names) throws SQLException {
        return asked(settings, "select concat_ws(' '%s)".formatted(String.join("",
                Stream.of(names).map(name -> ", current_setting('" + name + "')").toList())));
    }

    private String source(Map<String, String> settings, String name) throws SQLException {
        return asked(settings, "select source from pg_settings where name = '" + name + "'");
    }

    private String asked(Map<String, String> settings, String sql) throws SQLException {
        var environment = new MockEnvironment();
        settings.forEach((name, value) -> environment.setProperty("millrace.jobs.pool." + name, value));
        try (var engine = (HikariDataSource) EnginePool.beside(application, environment)) {
            return JdbcClient.create(engine).sql(sql).query(String.class).single();
        }
    }
}
