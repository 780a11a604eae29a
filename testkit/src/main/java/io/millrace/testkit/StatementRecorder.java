package io.millrace.testkit;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.jspecify.annotations.Nullable;

/**
 * Writes down every statement that reaches one database by way of {@link #jdbcUrl()}: what was executed and what came
 * back. Thread-safe.
 */
public final class StatementRecorder {

    private final String realUrl;
    private final String jdbcUrl;
    private final Queue<RecordedStatement> statements = new ConcurrentLinkedQueue<>();

    private StatementRecorder(String realUrl) {
        this.realUrl = realUrl;
        this.jdbcUrl = RecordingDriver.PREFIX + realUrl.substring("jdbc:".length());
    }

    /** One for the database at {@code jdbcUrl}. */
    public static StatementRecorder of(String jdbcUrl) {
        var recorder = new StatementRecorder(jdbcUrl);
        RecordingDriver.register(recorder.jdbcUrl, recorder);
        return recorder;
    }

    /** The database, recorded; the class of its driver is {@link RecordingDriver}. */
    public String jdbcUrl() {
        return jdbcUrl;
    }

    /** The database itself. */
    public String realUrl() {
        return realUrl;
    }

    /** What anybody executed while {@code action} ran, in that order. */
    public List<RecordedStatement> during(Runnable action) {
        statements.clear();
        action.run();
        return List.copyOf(statements);
    }

    Connection listenTo(Connection connection) {
        return proxy(Connection.class, (_, method, arguments) -> {
            Object result = call(connection, method, arguments);
            if (result instanceof PreparedStatement prepared && method.getName().startsWith("prepare")
                    && arguments != null) {
                return listenTo(prepared, String.valueOf(arguments[0]));
            }
            return result instanceof Statement statement ? listenTo(statement) : result;
        });
    }

    private Statement listenTo(Statement statement) {
        return proxy(Statement.class, (_, method, arguments) -> {
            if (method.getName().startsWith("execute") && arguments != null) {
                statements.add(new RecordedStatement(String.valueOf(arguments[0])));
            }
            return call(statement, method, arguments);
        });
    }

    private PreparedStatement listenTo(PreparedStatement statement, String sql) {
        var recorded = new RecordedStatement[]{new RecordedStatement(sql)};
        return proxy(PreparedStatement.class, (_, method, arguments) -> {
            if (method.getName().startsWith("execute")) {
                statements.add(recorded[0]);
                Object result = call(statement, method, arguments);
                var executed = recorded[0];
                recorded[0] = executed.again();
                return result instanceof ResultSet rows ? listenTo(rows, executed) : result;
            }
            if (method.getName().startsWith("set") && arguments != null && arguments.length > 1) {
                recorded[0].parameter(method, arguments);
            }
            return call(statement, method, arguments);
        });
    }

    private static ResultSet listenTo(ResultSet rows, RecordedStatement recorded) throws SQLException {
        recorded.columns(rows.getMetaData());
        return proxy(ResultSet.class, (_, method, arguments) -> {
            Object result = call(rows, method, arguments);
            if (method.getName().equals("next") && Boolean.TRUE.equals(result)) {
                recorded.row();
            }
            return result;
        });
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[]{type}, handler));
    }

    private static @Nullable Object call(Object target, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }
}
