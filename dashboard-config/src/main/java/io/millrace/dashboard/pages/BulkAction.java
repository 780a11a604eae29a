package io.millrace.dashboard.pages;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.springframework.web.util.UriComponentsBuilder;

import io.millrace.jobs.DeletedJobs;
import io.millrace.jobs.JobFilter;
import io.millrace.jobs.JobQueue;
import io.millrace.jobs.JobStatus;
import io.millrace.jobs.RetriedJobs;

/** What can be done with many jobs at once. */
enum BulkAction {

    RETRY("retry", "Retry failed jobs", "Put them back", "put back into their queues",
            "Each goes to the end of its queue's line, with all its attempts.") {
        @Override
        Bulk preview(SearchInput input, JobQueue queue) {
            return Bulk.of(queue.retryAllDryRun(input.failed().withLimit(MOST)));
        }

        @Override
        Bulk perform(SearchInput input, JobQueue queue) {
            return Bulk.of(queue.retryAll(input.failed().withLimit(MOST)));
        }
    },

    DELETE("delete", "Delete failed jobs", "Delete them", "deleted",
            "They end as DELETED, cannot be put back after that, and go for good when retention removes them.") {
        @Override
        Bulk preview(SearchInput input, JobQueue queue) {
            return Bulk.of(queue.deleteAllDryRun(input.failed().withLimit(MOST)));
        }

        @Override
        Bulk perform(SearchInput input, JobQueue queue) {
            return Bulk.of(queue.deleteAll(input.failed().withLimit(MOST)));
        }
    },

    CANCEL("cancel", "Cancel waiting jobs", "Cancel them", "cancelled",
            "They end as DELETED and never run. One that a worker takes meanwhile runs.") {
        @Override
        Bulk preview(SearchInput input, JobQueue queue) {
            return Bulk.of(queue.cancelAllDryRun(waiting(input), MOST));
        }

        @Override
        Bulk perform(SearchInput input, JobQueue queue) {
            return Bulk.of(queue.cancelAll(waiting(input), MOST));
        }
    };

    /** Of jobs at once: so that whoever has confirmed is answered in some seconds. */
    static final int MOST = 50_000;

    private final String code;
    private final String title;
    private final String verb;
    private final String done;
    private final String text;

    BulkAction(String code, String title, String verb, String done, String text) {
        this.code = code;
        this.title = title;
        this.verb = verb;
        this.done = done;
        this.text = text;
    }

    /** As it stands in an address. */
    static BulkAction of(String code) {
        return Arrays.stream(values()).filter(action -> action.code.equals(code)).findFirst()
                .orElseThrow(() -> new NoSuchThing("Nothing of this name can be done with jobs.", null));
    }

    /** What this would hit just now. */
    abstract Bulk preview(SearchInput input, JobQueue queue);

    abstract Bulk perform(SearchInput input, JobQueue queue);

    public boolean ofFailed() {
        return this != CANCEL;
    }

    /**
     * The jobs that it is about, as searches have them: those that failed in a time are among them, and others.
     *
     * @throws BadInput
     *             naming the field that cannot be meant
     */
    List<JobFilter> around(SearchInput input) {
        if (!ofFailed()) {
            var waiting = waiting(input);
            return waiting.state() != null
                    ? List.of(waiting)
                    : List.of(waiting.withState(JobStatus.State.ENQUEUED),
                            waiting.withState(JobStatus.State.SCHEDULED));
        }
        var failed = input.failed();
        return List.of(new JobFilter(JobStatus.State.FAILED, failed.type(), failed.queue(), failed.label(), null, null,
                null, failed.error()));
    }

    private static JobFilter waiting(SearchInput input) {
        var filter = input.filter();
        BadInput.check("state",
                filter.state() == null || filter.state() == JobStatus.State.ENQUEUED
                        || filter.state() == JobStatus.State.SCHEDULED,
                "must be ENQUEUED or SCHEDULED: others do not wait");
        return filter;
    }

    /** What can be done with what a search has found. */
    static List<Offer> offered(SearchInput input) {
        var state = input.filter().state();
        var offers = new ArrayList<Offer>();
        if (state == JobStatus.State.FAILED) {
            // Of failed jobs a time is that of the failure, and nobody has kept keys for them.
            offers.add(RETRY.offer(input, List.of("type", "queue", "label", "error")));
            offers.add(DELETE.offer(input, List.of("type", "queue", "label", "error")));
        }
        if (state == JobStatus.State.ENQUEUED || state == JobStatus.State.SCHEDULED) {
            offers.add(
                    CANCEL.offer(input, List.of("state", "type", "queue", "label", "error", "key", "from", "before")));
        }
        return offers;
    }

    private Offer offer(SearchInput input, List<String> kept) {
        var address = UriComponentsBuilder.fromPath("/search/" + code);
        input.given().forEach((name, value) -> {
            if (kept.contains(name)) {
                address.queryParam(name, "{" + name + "}");
            }
        });
        return new Offer(title, address.encode().buildAndExpand(input.given()).toUriString());
    }

    public String code() {
        return code;
    }

    public String title() {
        return title;
    }

    /** On the button that confirms it. */
    public String verb() {
        return verb;
    }

    /** {@code 3 jobs were …}. */
    public String done() {
        return done;
    }

    /** What becomes of the jobs. */
    public String text() {
        return text;
    }

    /** A link to its preview. */
    record Offer(String title, String address) {
    }

    /** How many jobs of which types. */
    record Bulk(int jobs, Map<String, Integer> byType) {

        static Bulk of(RetriedJobs retried) {
            return new Bulk(retried.jobs(), retried.byType());
        }

        static Bulk of(DeletedJobs deleted) {
            return new Bulk(deleted.jobs(), deleted.byType());
        }
    }
}
