package io.millrace.jobs;

import java.sql.SQLException;

import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.Test;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

final class EnginePoolTest {

    @Test
    void keepsItsDriverSettingsToItself() throws SQLException {
        var environment = new MockEnvironment().withProperty("millrace.jobs.pool.minimum-idle", "0")
                .withProperty("millrace.jobs.pool.data-source-properties.ApplicationName", "engine");
        try (var application = new HikariDataSource()) {
            application.setJdbcUrl("jdbc:postgresql://127.0.0.1:1/none");
            application.addDataSourceProperty("tcpKeepAlive", "true");
            try (var engine = (HikariDataSource) EnginePool.beside(application, environment)) {
                assertThat(engine.getDataSourceProperties()).containsOnlyKeys("tcpKeepAlive", "ApplicationName",
                        "options");
                assertThat(application.getDataSourceProperties()).containsOnlyKeys("tcpKeepAlive");
            }
        }
    }

    @Test
    void commitsEachStatementAndIsolatesAsUsualWhateverTheApplicationDoes() throws SQLException {
        var environment = new MockEnvironment().withProperty("millrace.jobs.pool.minimum-idle", "0")
                .withProperty("millrace.jobs.pool.auto-commit", "false");
        try (var application = new HikariDataSource()) {
            application.setJdbcUrl("jdbc:postgresql://127.0.0.1:1/none");
            application.setAutoCommit(false);
            application.setReadOnly(true);
            application.setTransactionIsolation("TRANSACTION_SERIALIZABLE");
            try (var engine = (HikariDataSource) EnginePool.beside(application, environment)) {
                assertThat(engine.isAutoCommit()).isTrue();
                assertThat(engine.isReadOnly()).isFalse();
                assertThat(engine.getTransactionIsolation()).isEqualTo("TRANSACTION_READ_COMMITTED");
            }
        }
    }
}
