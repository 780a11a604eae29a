package io.millrace.jobs;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import javax.sql.DataSource;

/** The rows of what runs say, in one transaction for many of them. Of a job that is gone nothing is written. */
final class WriteReports {

    private final Transactions transactions;
    private final String progress;
    private final String lines;
    private final String prune;

    WriteReports(DataSource engine, JobsSchema schema) {
        this.transactions = new Transactions(engine);
        String exists = "exists (select from %sjobrunr_jobs where id = said.job_id::text::bpchar)"
                .formatted(schema.prefix());
        // Of two runs in one place the later one counts, whoever writes first.
        this.progress = """
                        insert into %sjob_progress as kept (job_id, place, run, done, total)
                        select distinct on (said.job_id, place) said.job_id, place, run, done, total
                        from unnest(?::text[]::uuid[], ?::text[]::int[], ?::text[]::int[], ?::text[]::bigint[],
                            ?::text[]::bigint[])
                            as said (job_id, place, run, done, total)
                        where %s
                        order by said.job_id, place, run desc
                        on conflict (job_id, place) do update
                            set run = excluded.run, done = excluded.done, total = excluded.total,
                                said_at = excluded.said_at
                            where kept.run <= excluded.run
                        """.formatted(schema.prefix(), exists);
        // Those that are there already come from a commit of which nobody heard.
        this.lines = """
                     insert into %sjob_log_lines (job_id, run, line, place, said_at, text)
                     select said.job_id, run, line, place, said_at, text
                     from unnest(?::text[]::uuid[], ?::text[]::int[], ?::text[]::int[], ?::text[]::int[],
                         ?::text[]::timestamptz[], ?::text[])
                         as said (job_id, run, line, place, said_at, text)
                     where %s
                     on conflict do nothing
                     """.formatted(schema.prefix(), exists);
        this.prune = """
                     delete from %1$sjob_log_lines old
                     using unnest(?::text[]::uuid[]) as job (id), lateral (
                         select run, line from %1$sjob_log_lines where job_id = job.id
                         order by job_id desc, run desc, line desc offset %2$d limit 1) newest
                     where old.job_id = job.id and (old.run, old.line) <= (newest.run, newest.line)
                     """.formatted(schema.prefix(), Report.LINES);
    }

    void all(List<Report.News> unordered) {
        // Two who write the same jobs wait for one another instead of both for ever.
        var news = unordered.stream().sorted(Comparator.comparing(Report.News::job)).toList();
        transactions.run(connection -> {
            progress(connection, news.stream().filter(one -> one.progress() != null).toList());
            lines(connection,
                    news.stream().flatMap(one -> one.lines().stream().map(line -> new Said(one, line))).toList());
            prune(connection, news.stream().filter(Report.News::prunes).toList());
            return news.size();
        });
    }

    private void progress(Connection connection, List<Report.News> news) throws SQLException {
        if (!news.isEmpty()) {
            write(connection, progress, news, one -> one.job().toString(), Report.News::place, Report.News::run,
                    one -> Objects.requireNonNull(one.progress()).done(),
                    one -> Objects.requireNonNull(one.progress()).total());
        }
    }

    private void lines(Connection connection, List<Said> said) throws SQLException {
        if (!said.isEmpty()) {
            write(connection, lines, said, one -> one.news.job().toString(), one -> one.news.run(),
                    one -> one.line.number(), one -> one.news.place(), one -> one.line.saidAt().toString(),
                    one -> one.line.text());
        }
    }

    private void prune(Connection connection, List<Report.News> news) throws SQLException {
        if (!news.isEmpty()) {
            write(connection, prune, news, one -> one.job().toString());
        }
    }

    /** With an array of texts for each parameter, which the statement casts. */
    @SafeVarargs
    private static <T> void write(Connection connection, String sql, List<T> rows, Function<T, Object>... columns)
            throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < columns.length; i++) {
                statement.setArray(i + 1, connection.createArrayOf("text",
                        rows.stream().map(columns[i]).map(String::valueOf).toArray(String[]::new)));
            }
            statement.executeUpdate();
        }
    }

    private record Said(Report.News news, Report.Line line) {
    }
}
