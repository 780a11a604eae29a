package io.millrace.jobs;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * The same connections for migrations, which take as long as they take: while one is away from its pool, the driver waits for an answer for
 * ever ({@code socketTimeout}). One that is cut off in the middle of a statement leaves its backend at work, with its locks, and nobody to
 * commit it. Public for the engine's neighbours alone.
 */
public final class UntimedConnections extends DelegatingDataSource {

    private static final Logger LOG = LoggerFactory.getLogger(UntimedConnections.class);

    public UntimedConnections(DataSource dataSource) {
        super(dataSource);
    }

    @Override
    public Connection getConnection() throws SQLException {
        return untimed(super.getConnection());
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        return untimed(super.getConnection(username, password));
    }

    private static Connection untimed(Connection connection) throws SQLException {
        int before;
        try {
            before = connection.getNetworkTimeout();
            connection.setNetworkTimeout(Runnable::run, 0);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        return (Connection) Proxy.newProxyInstance(UntimedConnections.class.getClassLoader(),
                new Class<?>[]{Connection.class}, (_, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        giveBack(connection, before);
                    }
                    return call(connection, method, arguments);
                });
    }

    private static void giveBack(Connection connection, int timeout) {
        try {
            if (!connection.isClosed()) {
                connection.setNetworkTimeout(Runnable::run, timeout);
            }
        } catch (SQLException e) {
            LOG.debug("a connection is no longer of use ({}), as its pool will find", e.toString());
        }
    }

    private static @Nullable Object call(Connection connection, Method method, Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(connection, arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }
}
