package io.millrace.core.cache;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Invalidations that Redis may not know of yet, written in the transaction of the change itself. So neither a crash between
 * commit and invalidation nor a process that is cut off from Redis leaves an old value there for the rest of its life:
 * whoever reaches Redis next does it.
 */
final class InvalidationLog {

    private static final int AT_ONCE = 1_000;

    private final JdbcClient jdbc;
    private final ConcurrentLinkedQueue<Long> done = new ConcurrentLinkedQueue<>();

    InvalidationLog(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Notes it, in the caller's transaction if there is one; returns the note's number. */
    long note(Invalidation invalidation) {
        return jdbc.sql("insert into cache_invalidations (line) values (?) returning id").param(invalidation.line())
                .query(Long.class).single();
    }

    /** Redis knows of it; the note goes with the next {@link #deleteDone}, apart from the caller's request. */
    void done(long note) {
        done.add(note);
    }

    /** Deletes the notes of all that is done; those of a failed try stay for the next. */
    void deleteDone() {
        for (var notes = next(); !notes.isEmpty(); notes = next()) {
            try {
                delete(notes);
            } catch (DataAccessException e) {
                done.addAll(notes);
                throw e;
            }
        }
    }

    /**
     * Does what has been waiting for longer than {@code age} and deletes its notes; where that is much, as one invalidation of
     * everything. More than one process may do the same, which costs a few misses and nothing else.
     *
     * @param drop
     *            answers whether Redis knows of it now
     */
    void doLeftovers(Duration age, Predicate<Invalidation> drop) {
        var notes = waiting(age);
        if (notes.size() < AT_ONCE) {
            delete(notes.stream().filter(note -> drop.test(Invalidation.parse(note.line()))).map(Note::id).toList());
            return;
        }
        long last = jdbc.sql("select max(id) from cache_invalidations").query(Long.class).single();
        if (drop.test(Invalidation.ALL)) {
            jdbc.sql("delete from cache_invalidations where id <= ?").param(last).update();
        }
    }

    /** What has been waiting for longer than {@code age}, the oldest first, a bounded number. */
    List<Note> waiting(Duration age) {
        return jdbc.sql("""
                        select id, line from cache_invalidations
                        where noted_at <= clock_timestamp() - make_interval(secs => ?)
                        order by id limit ?
                        """).param(age.toMillis() / 1_000.0).param(AT_ONCE)
                .query((row, number) -> new Note(row.getLong(1), row.getString(2))).list();
    }

    private List<Long> next() {
        var notes = new ArrayList<Long>();
        while (notes.size() < AT_ONCE) {
            var note = done.poll();
            if (note == null) {
                return notes;
            }
            notes.add(note);
        }
        return notes;
    }

    private void delete(List<Long> notes) {
        if (!notes.isEmpty()) {
            jdbc.sql("delete from cache_invalidations where id = any (?)").param(notes.toArray(Long[]::new)).update();
        }
    }

    record Note(long id, String line) {
    }
}
