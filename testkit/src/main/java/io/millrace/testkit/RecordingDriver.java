package io.millrace.testkit;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Logger;

import org.jspecify.annotations.Nullable;

/**
 * Postgres' own driver, with a {@link StatementRecorder} listening. A driver and not a data source, so that it sits below
 * whatever pools the code under test sets up; found by the URL that the recorder gives out.
 */
public final class RecordingDriver implements Driver {

    static final String PREFIX = "jdbc:recorded:";

    private static final Map<String, StatementRecorder> RECORDERS = new ConcurrentHashMap<>();

    static {
        try {
            DriverManager.registerDriver(new RecordingDriver());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static void register(String url, StatementRecorder recorder) {
        RECORDERS.put(url, recorder);
    }

    @Override
    public @Nullable Connection connect(String url, Properties info) throws SQLException {
        if (!acceptsURL(url)) {
            return null;
        }
        StatementRecorder recorder = RECORDERS.get(url);
        if (recorder == null) {
            throw new SQLException("nobody records at this URL");
        }
        return recorder.listenTo(DriverManager.getConnection(recorder.realUrl(), info));
    }

    @Override
    public boolean acceptsURL(String url) {
        return url.startsWith(PREFIX);
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
        return new DriverPropertyInfo[0];
    }

    @Override
    public int getMajorVersion() {
        return 1;
    }

    @Override
    public int getMinorVersion() {
        return 0;
    }

    @Override
    public boolean jdbcCompliant() {
        return false;
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getLogger(RecordingDriver.class.getPackageName());
    }
}
