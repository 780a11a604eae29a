package io.millrace.jobs;

import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The log of what people have changed, or were not allowed to, in the engine's schema. A change is written down before it is made and
 * its outcome afterwards, each in a transaction of its own: one that is there without an outcome may or may not have been made. Nothing
 * here keeps whoever has the database from changing it.
 */
public final class OperatorActions {

    private static final int LONGEST = 300;
    private static final String COLUMNS = "id, at, who, role, action, target, came_from, outcome";
    private static final RowMapper<OperatorAction> ROWS = (row, number) -> new OperatorAction(row.getLong("id"),
            row.getTimestamp("at").toInstant(), row.getString("who"), row.getString("role"), row.getString("action"),
            row.getString("target"), row.getString("came_from"), row.getString("outcome"));

    private final JdbcClient jdbc;
    private final String table;

    OperatorActions(DataSource dataSource, JobsSchema schema) {
        this.jdbc = JdbcClient.create(dataSource);
        this.table = schema.prefix() + "operator_actions";
    }

    /**
     * Writes down what is about to be done. Texts are cut to 300 characters and lose their control characters.
     *
     * @throws org.springframework.dao.DataAccessException
     *             if that cannot be: the change must not be made then
     */
    public OperatorAction begin(String who, String role, String action, String target, String cameFrom) {
        return write(who, role, action, target, cameFrom, null);
    }

    /**
     * Writes down what was refused, in one statement; texts as above.
     *
     * @throws org.springframework.dao.DataAccessException
     *             if that cannot be
     */
    public void refused(String who, String role, String action, String cameFrom, String why) {
        write(who, role, action, "", cameFrom, plain(why));
    }

    private OperatorAction write(String who, String role, String action, String target, String cameFrom,
            @Nullable String outcome) {
        return jdbc.sql("""
                        insert into %s (who, role, action, target, came_from, outcome)
                        values (:who, :role, :action, :target, :cameFrom, :outcome)
                        returning %s
                        """.formatted(table, COLUMNS)).param("who", plain(who)).param("role", plain(role))
                .param("action", plain(action)).param("target", plain(target)).param("cameFrom", plain(cameFrom))
                .param("outcome", outcome).query(ROWS).single();
    }

    /**
     * Adds what came of it.
     *
     * @throws org.springframework.dao.DataAccessException
     *             if that cannot be written
     */
    public void end(long id, String outcome) {
        jdbc.sql("update %s set outcome = :outcome where id = :id".formatted(table)).param("outcome", plain(outcome))
                .param("id", id).update();
    }

    /**
     * The newest first.
     *
     * @param before
     *            the id of the last one seen; null for the beginning
     */
    public List<OperatorAction> newest(@Nullable Long before, int limit) {
        return jdbc.sql("""
                        select %s from %s where id < :before order by id desc limit :limit
                        """.formatted(COLUMNS, table)).param("before", before == null ? Long.MAX_VALUE : before)
                .param("limit", limit).query(ROWS).list();
    }

    /** Deletes at most so many of those that began so long ago, the oldest first; how many that were. */
    public int deleteSomeOlderThan(Duration age, int limit) {
        return jdbc.sql("""
                        with oldest as (select id, at from %1$s order by id limit :limit for update skip locked)
                        delete from %1$s actions using oldest
                        where actions.id = oldest.id and oldest.at < now() - make_interval(secs => :seconds)
                        """.formatted(table)).param("limit", limit).param("seconds", age.toSeconds()).update();
    }

    private static String plain(String text) {
        String line = text.replaceAll("\\p{Cntrl}", " ");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST);
    }
}
