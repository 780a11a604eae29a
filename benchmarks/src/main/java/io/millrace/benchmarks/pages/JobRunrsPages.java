package io.millrace.benchmarks.pages;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;

import org.jobrunr.jobs.Job;
import org.jobrunr.jobs.JobDetails;
import org.jobrunr.jobs.mappers.JobMapper;
import org.jobrunr.jobs.states.DeletedState;
import org.jobrunr.jobs.states.EnqueuedState;
import org.jobrunr.jobs.states.FailedState;
import org.jobrunr.jobs.states.JobState;
import org.jobrunr.jobs.states.ProcessingState;
import org.jobrunr.jobs.states.ScheduledState;
import org.jobrunr.jobs.states.StateName;
import org.jobrunr.jobs.states.SucceededState;
import org.jobrunr.storage.StorageProvider;
import org.jobrunr.storage.navigation.OffsetBasedPageRequest;
import org.jobrunr.storage.sql.postgres.PostgresStorageProvider;
import org.jobrunr.utils.mapper.jackson3.Jackson3JsonMapper;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;

/** What plain JobRunr's dashboard asks of its own tables, which hold the same jobs in JobRunr's own form. */
final class JobRunrsPages {

    private static final int PAGE = 20;

    private final JobMapper mapper = new JobMapper(new Jackson3JsonMapper(
            BasicPolymorphicTypeValidator.builder().allowIfSubType(OrderRequest.class)));
    private final StorageProvider store;

    /** Makes the tables, unless they are there: in a schema of their own. */
    JobRunrsPages(DataSource database) throws SQLException {
        try (var connection = database.getConnection()) {
            new JobRows(connection).execute("create schema if not exists plain");
        }
        this.store = new PostgresStorageProvider(database, "plain.");
        store.setJobMapper(mapper);
    }

    /** Copies the jobs that are in Millrace's table, each state in one form. */
    void fill(JobRows rows) throws SQLException {
        var id = UUID.fromString("00000000-0000-4000-8000-0000000f0f0f");
        var worker = UUID.randomUUID();
        var processing = new ProcessingState(worker, "worker-1");
        var forms = new ArrayList<List<JobState>>();
        forms.add(List.of(new EnqueuedState()));
        forms.add(List.of(new EnqueuedState(), processing));
        forms.add(List.of(new EnqueuedState(), processing,
                new SucceededState(Duration.ofMillis(1), Duration.ofMillis(20))));
        forms.add(List.of(new EnqueuedState(), processing,
                new FailedState("An exception occurred", new IllegalStateException("no such customer"))));
        forms.add(List.of(new EnqueuedState(), new DeletedState("Cancelled")));
        forms.add(List.of(new ScheduledState(Instant.EPOCH)));
        var states = new ArrayList<String>();
        var texts = new ArrayList<String>();
        for (var form : forms) {
            var job = new Job(id, 1, new JobDetails(new OrderRequest(4711, "order-confirmation", "en-GB")),
                    new ArrayList<>(form), new ConcurrentHashMap<>());
            states.add("'" + job.getState() + "'");
            texts.add("'" + mapper.serializeJob(job).replace("'", "''") + "'");
        }
        rows.bulk("plain.jobrunr_jobs",
                """
                insert into plain.jobrunr_jobs (id, version, jobAsJson, jobSignature, state,
                    createdAt, updatedAt, scheduledAt)
                select id, version, replace(json, '%s', id), jobSignature, state, createdAt,
                    updatedAt, scheduledAt
                from millrace_jobs.jobrunr_jobs
                    join unnest(array[%s], array[%s]) as forms (formOf, json) on formOf = state
                """.formatted(id, String.join(", ", states), String.join(", ", texts)));
        rows.execute("vacuum (freeze, analyze) plain.jobrunr_jobs");
    }

    /** One page of a state's jobs, with the number of all of them that its dashboard shows. */
    void list(StateName state, String order, long offset) {
        var page = store.getJobs(state, new OffsetBasedPageRequest(order, offset, PAGE));
        if (page.getItems().isEmpty()) {
            throw new IllegalStateException("JobRunr lists no job that is " + state);
        }
    }

    /** The counts that each of its pages shows. */
    void count() {
        store.getJobStats();
    }

    void find(UUID job) {
        store.getJobById(job);
    }
}
