package io.millrace.jobs;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

import com.zaxxer.hikari.HikariConfig;
import org.postgresql.Driver;

/**
 * How the engine's queries are planned, as the start-up parameter {@code options} of its connections. Unlike a {@code set} in
 * a session it cannot stay behind on a server connection that a pooler hands on to somebody else: a pooler that knows the
 * parameter keeps it apart for each of its clients, and one that does not refuses the connection.
 */
final class PlannerOptions {

    /**
     * Every query of the engine has its index, or is of a few rows. Statistics of a queue are always of another hour: a plan
     * made when it was nearly empty reads and sorts all that waits, at each fetch.
     */
    static final String BY_INDEX = "-c enable_seqscan=off -c enable_bitmapscan=off -c enable_sort=off"
            + " -c enable_hashjoin=off -c enable_mergejoin=off";

    /**
     * To compile a statement takes Postgres a second where a core is shared, and to run one of the engine's a millisecond: it does so where
     * it takes a plan for expensive, which is a guess.
     */
    static final String NOT_COMPILED = "-c jit=off";

    /** No transaction of the engine's waits for anything but the database: a process that is paused in one locks its rows. */
    static final String NOT_FOR_LONG = "-c idle_in_transaction_session_timeout=10s";

    static final String OPTIONS = "options";

    private static final String ALL = BY_INDEX + " " + NOT_COMPILED + " " + NOT_FOR_LONG;

    private PlannerOptions() {
    }

    /** Behind the options that it has. */
    static void addTo(HikariConfig pool) {
        var there = of(pool.getDataSourceProperties());
        var inUrl = inUrl(pool.getJdbcUrl());
        if (inUrl.isEmpty()) {
            pool.addDataSourceProperty(OPTIONS, (there + " " + ALL).strip());
        } else {
            // Of two in a URL the last counts, and before any property.
            pool.setJdbcUrl(pool.getJdbcUrl() + "&" + OPTIONS + "="
                    + URLEncoder.encode(inUrl + " " + ALL, StandardCharsets.UTF_8));
        }
    }

    private static String inUrl(String url) {
        var parsed = url == null || !url.startsWith("jdbc:postgresql:")
                ? null
                : Driver.parseURL(url, new Properties());
        return parsed == null ? "" : of(parsed);
    }

    private static String of(Properties properties) {
        return properties.getProperty(OPTIONS, "");
    }
}
