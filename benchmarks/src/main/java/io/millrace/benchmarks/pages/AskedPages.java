package io.millrace.benchmarks.pages;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.jobrunr.jobs.states.StateName;
import org.jspecify.annotations.Nullable;

/** All pages of the dashboard that are measured, with what there is to be found on them in one database. */
final class AskedPages {

    private static final int SOME = 50;
    /** Of jobs that were created at t or later: their ids say when. */
    private static final String FIRST_ID = """
                                           regexp_replace(lpad(to_hex((extract(epoch from t) * 1000)::bigint), 12, '0'),
                                               '(.{8})', '\\1-')::bpchar
                                           """;
    private static final String NEWEST = "updatedAt:DESC";

    private final JobRows rows;
    private final JobRunrsPages jobRunr;
    private final List<AskedPage> pages = new ArrayList<>();

    private AskedPages(JobRows rows, JobRunrsPages jobRunr) {
        this.rows = rows;
        this.jobRunr = jobRunr;
    }

    static List<AskedPage> of(JobRows rows, JobRunrsPages jobRunr) throws SQLException {
        var asked = new AskedPages(rows, jobRunr);
        asked.boards();
        asked.oneJob();
        asked.byTypeAndState();
        asked.byLabelAndKey();
        asked.byTime();
        asked.byError();
        asked.bulk();
        return asked.pages;
    }

    private void boards() {
        add("queues", "/queues", jobRunr::count);
        add("job types, an hour", "/job-types");
        add("job types, a week", "/job-types?window=7d");
        add("one job type, a week", "/job-types/job-type-1?window=7d");
        add("workers", "/workers");
        add("schedules", "/schedules");
        add("mail and files", "/mail-and-files");
        add("audit log", "/audit");
    }

    private void oneJob() throws SQLException {
        var ids = scattered("id");
        var next = new AtomicInteger();
        add("one job", ids.stream().map(id -> "/jobs/" + id).toList(),
                () -> jobRunr.find(UUID.fromString(ids.get(next.getAndIncrement() % ids.size()))));
        search("by id", ids.stream().map(id -> "id=" + id).toList());
    }

    private void byTypeAndState() throws SQLException {
        search("all, newest first", "");
        search("all, from half-way down", halfWay().stream().map(place -> "after=" + place).toList());
        search("type of a third", "type=job-type-1");
        search("type of 20 jobs", "type=rebuild-search-index");
        search("type of none", "type=none");
        search("queue of many", "queue=mail");
        search("queue of none", "queue=none");
        for (var state : List.of(StateName.ENQUEUED, StateName.SCHEDULED, StateName.PROCESSING, StateName.FAILED,
                StateName.SUCCEEDED, StateName.DELETED)) {
            search(state.name(), List.of("state=" + state), () -> jobRunr.list(state, NEWEST, 0));
        }
        long half = Long.parseLong(rows.texts("select count(*) / 2 from plain.jobrunr_jobs where state = 'SUCCEEDED'")
                .getFirst());
        search("SUCCEEDED, from half-way down",
                halfWay().stream().map(place -> "state=SUCCEEDED&after=" + place).toList(),
                () -> jobRunr.list(StateName.SUCCEEDED, NEWEST, half));
        search("FAILED, from half-way down", halfWay().stream().map(place -> "state=FAILED&after=" + place).toList());
        search("ENQUEUED in a queue that is paused for weeks", "state=ENQUEUED&queue=reports");
        search("ENQUEUED of none", "state=ENQUEUED&type=none");
        search("FAILED of a type", "state=FAILED&type=job-type-3");
        search("FAILED of none", "state=FAILED&type=none");
        search("DELETED of none", "state=DELETED&type=none");
    }

    private void byLabelAndKey() throws SQLException {
        search("label of some hundred", each("label=tenant:%d"));
        search("label of a twentieth", "label=import:2026-11");
        search("label of many, weeks ago", "label=campaign:spring");
        search("label of none", "label=nobodys");
        search("label of a twentieth, FAILED", "label=import:2026-11&state=FAILED");
        search("label of a twentieth, type of none", "label=import:2026-11&type=none");
        search("concurrency key", each("key=tenant-%d"));
        search("unique key", beside("job_unique_keys"));
        search("idempotency key", beside("job_idempotency_keys"));
        search("key of none", "key=nobodys");
    }

    private List<String> beside(String table) throws SQLException {
        return rows.texts("select 'key=' || key from millrace_jobs.%s limit %d".formatted(table, SOME));
    }

    private void byTime() throws SQLException {
        var hour = rows
                .texts("""
                       select format('from=%sT%s&before=%sT%s', to_char(t, 'YYYY-MM-DD'), to_char(t, 'HH24:MI'),
                           to_char(t + interval '1 hour', 'YYYY-MM-DD'), to_char(t + interval '1 hour', 'HH24:MI'))
                       from (select now() at time zone 'UTC' - i * interval '13 hours' as t
                             from generate_series(1, 50) as i) as times
                       """);
        search("an hour", hour);
        search("an hour, FAILED", hour.stream().map(time -> time + "&state=FAILED").toList());
        search("an hour, type of none", hour.stream().map(time -> time + "&type=none").toList());
    }

    private void byError() {
        search("error of many", "error=Broken+pipe");
        search("error of some", each("error=host-%d+"));
        search("error of 20 jobs", "error=order+4711");
        search("error of none", "error=nobody+said+this");
        search("error of 20 jobs, FAILED", "error=order+4711&state=FAILED");
        search("error of many, type of none", "error=Broken+pipe&type=none");
    }

    private void bulk() {
        add("preview: retry all", "/search/retry");
        add("preview: retry a type", "/search/retry?type=job-type-3");
        add("preview: retry a rare error", "/search/retry?error=order+4711");
        add("preview: delete by exception", "/search/delete?exception=PaymentRefused");
        add("preview: delete of none", "/search/delete?type=none");
        add("preview: cancel all", "/search/cancel");
        add("preview: cancel a queue", "/search/cancel?queue=reports");
        add("preview: cancel a label", "/search/cancel?label=tenant:7");
        add("preview: cancel a key", "/search/cancel?key=tenant-7");
    }

    private List<String> scattered(String column) throws SQLException {
        return rows.texts("""
                          select (select %s from millrace_jobs.jobrunr_jobs where id >= %s order by id limit 1)
                          from (select now() at time zone 'UTC' - i * interval '14 hours' as t
                                from generate_series(1, %d) as i) as times
                          """.formatted(column, FIRST_ID, SOME));
    }

    /** Places around the middle of all jobs. */
    private List<String> halfWay() throws SQLException {
        return rows.texts("""
                          select (select to_char(createdAt, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"_') || id
                                  from millrace_jobs.jobrunr_jobs where id >= %s order by id limit 1)
                          from (select now() at time zone 'UTC' - interval '15 days' - i * interval '1 hour' as t
                                from generate_series(1, %d) as i) as times
                          """.formatted(FIRST_ID, SOME));
    }

    private static List<String> each(String query) {
        return IntStream.rangeClosed(1, SOME).mapToObj(query::formatted).toList();
    }

    private void search(String name, String query) {
        search(name, List.of(query));
    }

    private void search(String name, List<String> queries) {
        search(name, queries, null);
    }

    private void search(String name, List<String> queries, @Nullable Runnable peer) {
        add("search: " + name, queries.stream().map(query -> query.isEmpty() ? "/search" : "/search?" + query).toList(),
                peer);
    }

    private void add(String name, String path) {
        add(name, path, null);
    }

    private void add(String name, String path, @Nullable Runnable peer) {
        add(name, List.of(path), peer);
    }

    private void add(String name, List<String> paths, @Nullable Runnable peer) {
        pages.add(new AskedPage(name, paths, peer));
    }
}
