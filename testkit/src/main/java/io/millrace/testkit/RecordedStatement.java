package io.millrace.testkit;

import java.lang.reflect.Method;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** A statement that was executed, with its parameters, and what it answered. */
public final class RecordedStatement {

    private static final Pattern PARAMETER = Pattern.compile("\\?");

    private final String sql;
    private final List<Parameter> parameters = new CopyOnWriteArrayList<>();
    private final List<String> columns = new CopyOnWriteArrayList<>();
    private final AtomicInteger rows = new AtomicInteger();

    RecordedStatement(String sql) {
        this.sql = sql;
    }

    /** With {@code ?} for the parameters. */
    public String sql() {
        return sql;
    }

    /** The names of the columns that it answered. */
    public List<String> columns() {
        return List.copyOf(columns);
    }

    /** How many rows were read. */
    public int rows() {
        return rows.get();
    }

    /**
     * Executes it again, with the same parameters, and answers how Postgres went about it, as one JSON document.
     *
     * @param jdbcUrl
     *            the database
     */
    public String explain(String jdbcUrl) {
        try (var connection = DriverManager.getConnection(jdbcUrl);
                var statement = connection.prepareStatement("explain (analyze, buffers, format json) " + sql)) {
            for (Parameter parameter : parameters) {
                parameter.setter().invoke(statement, parameter.arguments());
            }
            return text(statement);
        } catch (SQLException | ReflectiveOperationException e) {
            throw new IllegalStateException("cannot explain " + sql, e);
        }
    }

    /** How Postgres would go about it whatever the parameters are: the plan it may settle on after some executions. */
    public String explainGeneric(String jdbcUrl) {
        var number = new AtomicInteger();
        String numbered = PARAMETER.matcher(sql).replaceAll(_ -> "\\$" + number.incrementAndGet());
        var simple = new Properties();
        // There are no values for the parameters; the extended protocol would want some.
        simple.setProperty("preferQueryMode", "simple");
        try (var connection = DriverManager.getConnection(jdbcUrl, simple);
                var statement = connection.createStatement();
                var result = statement.executeQuery("explain (generic_plan, format json) " + numbered)) {
            result.next();
            return result.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot explain " + sql, e);
        }
    }

    @Override
    public String toString() {
        return rows + " rows by " + sql;
    }

    /** The same statement before its next execution; parameters that are not set again keep their values. */
    RecordedStatement again() {
        var next = new RecordedStatement(sql);
        next.parameters.addAll(parameters);
        return next;
    }

    void parameter(Method setter, Object[] arguments) {
        parameters.add(new Parameter(setter, arguments.clone()));
    }

    void columns(ResultSetMetaData metaData) throws SQLException {
        var names = new ArrayList<String>();
        for (int column = 1; column <= metaData.getColumnCount(); column++) {
            names.add(metaData.getColumnLabel(column));
        }
        columns.addAll(names);
    }

    void row() {
        rows.incrementAndGet();
    }

    private static String text(PreparedStatement statement) throws SQLException {
        try (ResultSet result = statement.executeQuery()) {
            result.next();
            return result.getString(1);
        }
    }

    // An array, because it goes to a method by reflection.
    @SuppressWarnings("ArrayRecordComponent")
    private record Parameter(Method setter, Object[] arguments) {
    }
}
