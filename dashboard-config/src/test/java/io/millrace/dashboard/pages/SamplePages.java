package io.millrace.dashboard.pages;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.awaitility.Awaitility;

import io.millrace.jobs.EnqueueOptions;
import io.millrace.jobs.JobEvents;
import io.millrace.jobs.JobFilter;
import io.millrace.jobs.JobListing;
import io.millrace.jobs.JobQueues;
import io.millrace.jobs.JobSchedules;
import io.millrace.jobs.JobStatus;
import io.millrace.jobs.ScheduleOptions;

import static org.assertj.core.api.Assertions.assertThat;

/** A platform that has run for a week, as far as its pages can tell. */
final class SamplePages {

    private static final List<String> FAULTS = List.of("the server at 10.0.0.7 answered 503 Service Unavailable",
            "no space left on device while writing part 17 of an upload that was announced with 4,294,967,296 bytes",
            "connection reset", "column \"total\" of line 48,201 is no number: \"12,O\"");

    private SamplePages() {
    }

    static void fill(RunningDashboard dashboard) {
        var queues = dashboard.bean(JobQueues.class);
        queues.limitRate("mail", 100, Duration.ofSeconds(1));
        queues.pause("reports");
        for (int i = 0; i < 60; i++) {
            dashboard.enqueue(new CountWords("some words of " + i),
                    EnqueueOptions.DEFAULTS.withQueue(i % 2 == 0 ? "mail" : "files")
                            .withLabels(List.of("tenant:" + i % 7)));
            if (i % 4 == 0) {
                dashboard.enqueue(new BreakDown(FAULTS.get(i / 4 % FAULTS.size())),
                        EnqueueOptions.DEFAULTS.withLabels(List.of("tenant:" + i % 7, "import:2026-11")));
            }
            dashboard.enqueue(new CountWords("later"), EnqueueOptions.DEFAULTS.withQueue("reports"));
        }
        dashboard.enqueue(new CountWords("in a year"), EnqueueOptions.DEFAULTS.withQueue("mail")
                .withRunAt(dashboard.bean(Clock.class).instant().plus(Duration.ofDays(365))));
        dashboard.until(JobStatus.State.SUCCEEDED, new CountWords("the whole story"),
                EnqueueOptions.DEFAULTS.withLabels(List.of("sample:good", "tenant:4")).withConcurrencyLimit("tenant-4",
                        5));
        dashboard.until(JobStatus.State.FAILED, new BreakDown(FAULTS.get(1)),
                EnqueueOptions.DEFAULTS.withLabels(List.of("sample:bad", "tenant:5"))
                        .withEnqueuedBy("key-of-the-shop"));
        dashboard.until(JobStatus.State.PROCESSING, new KeepBusy(600),
                EnqueueOptions.DEFAULTS.withLabels(List.of("sample:running")));
        dashboard.tell("count-words", "files", JobEvents.Outcome.SUCCEEDED, 60);
        dashboard.tell("count-words", "mail", JobEvents.Outcome.SUCCEEDED, 40);
        dashboard.tell("break-down", "repairs", JobEvents.Outcome.FAILED, 3);
        dashboard.tell("break-down", "repairs", JobEvents.Outcome.SUCCEEDED, 20);
        schedules(dashboard.bean(JobSchedules.class));
        tables(dashboard);
        past(dashboard);
    }

    /** The addresses of all pages, by what they are called. */
    static Map<String, String> named(RunningDashboard dashboard) {
        var pages = new LinkedHashMap<String, String>();
        pages.put("queues", "/queues");
        pages.put("job-types", "/job-types");
        pages.put("job-types-day", "/job-types?window=24h");
        pages.put("job-type", "/job-types/break-down");
        pages.put("job-type-week", "/job-types/count-words?window=7d");
        pages.put("job-type-none", "/job-types/none");
        pages.put("search", "/search");
        pages.put("search-failed", "/search?state=FAILED");
        pages.put("search-nothing", "/search?label=none");
        pages.put("search-bad", "/search?from=soon");
        pages.put("bulk-retry", "/search/retry?queue=repairs");
        pages.put("bulk-cancel", "/search/cancel?queue=reports&state=ENQUEUED");
        pages.put("job-good", "/jobs/" + labelled(dashboard, "sample:good"));
        pages.put("job-bad", "/jobs/" + labelled(dashboard, "sample:bad"));
        pages.put("job-running", "/jobs/" + labelled(dashboard, "sample:running"));
        pages.put("job-none", "/jobs/0198c5a4-7d1e-7c3b-9f43-2f6a1b5e8d90");
        pages.put("workers", "/workers");
        pages.put("schedules", "/schedules");
        pages.put("mail-and-files", "/mail-and-files");
        pages.put("audit", "/audit");
        return pages;
    }

    static List<String> paths(RunningDashboard dashboard) {
        return List.copyOf(named(dashboard).values());
    }

    private static UUID labelled(RunningDashboard dashboard, String label) {
        return dashboard.bean(JobListing.class).page(JobFilter.ALL.withLabel(label), null, 1).jobs().getFirst().id();
    }

    private static void schedules(JobSchedules schedules) {
        schedules.put("nightly-report", new CountWords("a"),
                ScheduleOptions.cron("30 2 * * MON-FRI", ZoneId.of("Europe/Berlin")));
        schedules.put("warm-the-cache", new CountWords("a"), ScheduleOptions.every(Duration.ofMinutes(90))
                .withMissedRuns(ScheduleOptions.MissedRuns.SKIP).withOverlap(ScheduleOptions.Overlap.SKIP));
        schedules.put("old-digest", new CountWords("a"),
                ScheduleOptions.cron("@weekly", ZoneId.of("UTC")).withPaused(true));
        schedules.runNow("nightly-report");
    }

    private static void tables(RunningDashboard dashboard) {
        dashboard.jdbc()
                .sql("""
                     create table if not exists mails (state text);
                     insert into mails select case when i % 50 = 0 then 'FAILED' when i % 90 = 1 then 'UNKNOWN'
                         when i % 70 = 2 then 'PENDING' else 'SENT' end from generate_series(1, 1200) i;
                     create table if not exists mail_suppressions (reason text);
                     insert into mail_suppressions select 'HARD_BOUNCE' from generate_series(1, 17);
                     create table if not exists files (state text, size bigint, filler text);
                     insert into files select 'READY', i * 1000, repeat('x', 800) from generate_series(1, 20000) i
                     """).update();
    }

    /** What has just been written down of real jobs is copied to where it would stand if it had been so all the week. */
    private static void past(RunningDashboard dashboard) {
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(
                dashboard.jdbc().sql("select count(distinct type) from millrace_jobs.new_job_figures")
                        .query(Integer.class).single())
                .isGreaterThanOrEqualTo(2));
        dashboard.jdbc()
                .sql("""
                     insert into millrace_jobs.job_figures
                     select span, date_bin(make_interval(secs => span),
                                now() - make_interval(secs => span * k), timestamptz 'epoch'),
                            type, queue, enqueued * times, started * times, succeeded * times, failed * times,
                            retried * times + case when k % 7 = 0 then times else 0 end, crashed, timed_out, waits, runs
                     from (select distinct on (type, queue) * from millrace_jobs.new_job_figures
                           order by type, queue, started desc) real,
                          (values (10, 360), (60, 1440), (300, 2000), (3600, 190)) spans (span, steps),
                          lateral (select k, (6 + 5 * sin(k * span / 2400.0) + k % 3)::int as times
                                   from generate_series(1, steps) k) past
                     on conflict do nothing
                     """).update();
    }
}
