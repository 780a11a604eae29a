package io.millrace.jobs;

import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/** Says in one sentence why a process did not start when its database cannot be used. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class UnreachableDatabase extends AbstractFailureAnalyzer<PSQLException> {

    private final Environment environment;

    UnreachableDatabase(Environment environment) {
        this.environment = environment;
    }

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, PSQLException cause) {
        String state = cause.getSQLState() == null ? "" : cause.getSQLState();
        String problem = switch (state.length() < 2 ? "" : state.substring(0, 2)) {
            case "08", "57" -> "Cannot reach the database at %s: is Postgres running there?";
            case "28" -> "The database at %s refuses the user name or password.";
            case "3D" -> "There is no such database at %s: create it.";
            default -> null;
        };
        if (problem == null) {
            return null;
        }
        return new FailureAnalysis(problem.formatted(address()), "Set SPRING_DATASOURCE_URL, SPRING_DATASOURCE_USERNAME"
                + " and SPRING_DATASOURCE_PASSWORD to a Postgres that can be reached.", cause);
    }

    /** Without its query, which may hold a password. */
    private String address() {
        String url = environment.getProperty("spring.datasource.url", "an unnamed address");
        int query = url.indexOf('?');
        return query < 0 ? url : url.substring(0, query);
    }
}
