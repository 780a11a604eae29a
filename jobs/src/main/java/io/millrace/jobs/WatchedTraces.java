package io.millrace.jobs;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Reads what the runs of many jobs have said since each of several listeners heard of them: the last progress, and a page of
 * lines. Pages are short enough that thousands of listeners who are slow hold little memory.
 */
final class WatchedTraces {

    /** Of one listener. */
    static final int LINES = 200;
    /** The same, before its last line. */
    private static final int CHARACTERS = 32_000;
    private static final int AT_ONCE = 200;

    private final String progress;
    private final String lines;

    WatchedTraces(JobsSchema schema) {
        this.progress = """
                        select asked.id, said.run, said.done, said.total
                        from unnest(?::text[]::uuid[]) as asked (id),
                            lateral (select run, done, total from %sjob_progress where job_id = asked.id
                                     order by run desc limit 1) as said
                        """.formatted(schema.prefix());
        // Between the last line of each run that was heard and the next such run; an old run may still add to its own.
        this.lines = """
                     select asked.listener, page.run, page.line, page.said_at, page.text, page.before + 1 >= %2$d
                         or page.characters >= %3$d
                     from unnest(?::int[], ?::text[]::uuid[], ?::int[], ?::int[], ?::int[])
                             as asked (listener, id, run, line, until),
                         lateral (
                             select run, line, said_at, text, row_number() over waiting - 1 as before,
                                    sum(char_length(text)) over waiting as characters
                             from (select run, line, said_at, text from %1$sjob_log_lines said
                                   where said.job_id = asked.id and (said.run, said.line) > (asked.run, asked.line)
                                       and said.run < asked.until
                                   order by said.run, said.line limit %2$d) as said
                             window waiting as (order by run, line rows unbounded preceding)) as page
                     where page.characters - char_length(page.text) < %3$d
                     order by asked.listener, page.run, page.line
                     """.formatted(schema.prefix(), LINES, CHARACTERS);
    }

    /** Those of {@code ids} that have any. */
    Map<UUID, JobPosition.Told> progress(Connection connection, Collection<UUID> ids) throws SQLException {
        var found = new HashMap<UUID, JobPosition.Told>();
        if (ids.isEmpty()) {
            return found;
        }
        try (var select = connection.prepareStatement(progress)) {
            select.setArray(1, JobRows.ids(connection, ids));
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    found.put(rows.getObject(1, UUID.class), new JobPosition.Told(rows.getInt(2),
                            new JobStatus.Progress(rows.getLong(3), rows.getLong(4))));
                }
            }
        }
        return found;
    }

    /** Of each listener, by its place in the list. */
    List<Page> lines(Connection connection, List<Listener> listeners) throws SQLException {
        var pages = new ArrayList<Page>(listeners.size());
        for (int from = 0; from < listeners.size(); from += AT_ONCE) {
            var some = listeners.subList(from, Math.min(from + AT_ONCE, listeners.size()));
            var ofThem = some.stream().map(_ -> new Page()).toList();
            read(connection, some, ofThem);
            pages.addAll(ofThem);
        }
        return pages;
    }

    private void read(Connection connection, List<Listener> listeners, List<Page> pages) throws SQLException {
        var asked = new Asked();
        for (int i = 0; i < listeners.size(); i++) {
            asked.add(i, listeners.get(i));
        }
        try (var select = connection.prepareStatement(lines)) {
            asked.setOn(connection, select);
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    pages.get(rows.getInt(1)).add(new Line(rows.getInt(2), rows.getInt(3),
                            rows.getObject(4, OffsetDateTime.class).toInstant(), rows.getString(5)),
                            rows.getBoolean(6));
                }
            }
        }
    }

    /** Who has heard of a job up to some position. */
    record Listener(UUID job, JobPosition heard) {
    }

    record Line(int run, int number, Instant saidAt, String text) {
    }

    /** Lines in their order. */
    static final class Page {

        private final List<Line> lines = new ArrayList<>(0);
        private boolean full;

        /**
         * @param last
         *            whether more may come behind it, before what comes next
         */
        private void add(Line line, boolean last) {
            if (!full) {
                lines.add(line);
                full = last;
            }
        }

        List<Line> lines() {
            return lines;
        }

        /** Whether more may be there. */
        boolean isFull() {
            return full;
        }
    }

    /** The parameters, a row for each place where lines may stand. */
    private static final class Asked {

        private final List<Integer> listeners = new ArrayList<>();
        private final List<UUID> jobs = new ArrayList<>();
        private final List<Integer> runs = new ArrayList<>();
        private final List<Integer> lines = new ArrayList<>();
        private final List<Integer> until = new ArrayList<>();

        void add(int number, Listener listener) {
            var opening = listener.heard.opening();
            for (int i = 0; i < opening.size(); i++) {
                listeners.add(number);
                jobs.add(listener.job);
                runs.add(opening.get(i).run());
                lines.add(opening.get(i).number());
                until.add(i + 1 < opening.size() ? opening.get(i + 1).run() : Integer.MAX_VALUE);
            }
        }

        void setOn(Connection connection, PreparedStatement select) throws SQLException {
            select.setArray(1, connection.createArrayOf("int4", listeners.toArray()));
            select.setArray(2, JobRows.ids(connection, jobs));
            select.setArray(3, connection.createArrayOf("int4", runs.toArray()));
            select.setArray(4, connection.createArrayOf("int4", lines.toArray()));
            select.setArray(5, connection.createArrayOf("int4", until.toArray()));
        }
    }
}
