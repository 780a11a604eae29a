package io.millrace.jobs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

import io.millrace.jobs.JobStatus.State;
import io.millrace.jobs.sample.ServeTenant;
import io.millrace.jobs.sample.ShipOrder;

import static org.assertj.core.api.Assertions.assertThat;

@TestPropertySource(properties = "millrace.jobs.worker.auto-start=false")
@DirtiesContext
class JobListingTest extends EmbeddedEngine {

    @Autowired
    JobListing listing;
    @Autowired
    DataSource database;
    @Autowired
    JobsSchema schema;
    @Autowired
    JobStore store;

    @BeforeEach
    void empty() {
        jdbc.sql("delete from millrace_jobs.jobrunr_jobs").update();
    }

    @Test
    void showsEachJobOnceNewestFirstWhileOthersComeAndStatesChange() {
        var ids = Stream.generate(this::ship).limit(23).toList();

        var first = listing.page(JobFilter.ALL, null, 10);
        ship();
        queue.cancel(ids.get(1));
        var second = listing.page(JobFilter.ALL, first.next(), 10);
        var third = listing.page(JobFilter.ALL, second.next(), 10);

        assertThat(Stream.of(first, second, third).flatMap(page -> page.jobs().stream()).map(JobStatus::id))
                .containsExactlyElementsOf(ids.reversed());
        assertThat(third.next()).isNull();
        assertThat(second.jobs()).last().satisfies(job -> assertThat(job.state()).isEqualTo(State.ENQUEUED));
        assertThat(third.jobs()).filteredOn(job -> job.id().equals(ids.get(1)))
                .extracting(JobStatus::state).containsExactly(State.DELETED);
    }

    @Test
    void isInTheOrderOfIdsWhereJobsCameAtOnce() {
        var ids = queue.enqueueAll(Stream.generate(() -> new ShipOrder(1, "somewhere")).limit(5));
        jdbc.sql("update millrace_jobs.jobrunr_jobs set createdAt = '2026-01-01'").update();

        var sorted = ids.stream().sorted((a, b) -> b.toString().compareTo(a.toString())).toList();
        assertThat(walk(listing, JobFilter.ALL, 2)).isEqualTo(sorted);
    }

    @Test
    void showsThoseThatFitAllThatIsAsked() {
        var labelled = enqueue(EnqueueOptions.DEFAULTS.withLabels(List.of("tenant:1", "big")).withQueue("special"));
        var other = queue.enqueue(new ServeTenant("x", false),
                EnqueueOptions.DEFAULTS.withLabels(List.of("tenant:1")));
        var later = enqueue(EnqueueOptions.DEFAULTS.withRunAt(java.time.Instant.now().plusSeconds(600)));
        var cancelled = ship();
        queue.cancel(cancelled);

        assertThat(walk(JobFilter.ALL.withLabel("tenant:1"))).containsExactly(other, labelled);
        assertThat(walk(JobFilter.ALL.withLabel("tenant:1").withType("ship-order"))).containsExactly(labelled);
        assertThat(walk(JobFilter.ALL.withLabel("tenant"))).isEmpty();
        assertThat(walk(JobFilter.ALL.withQueue("special"))).containsExactly(labelled);
        assertThat(walk(JobFilter.ALL.withState(State.SCHEDULED))).containsExactly(later);
        assertThat(walk(JobFilter.ALL.withState(State.DELETED))).containsExactly(cancelled);
        assertThat(walk(JobFilter.ALL.withState(State.ENQUEUED).withType("ship-order"))).containsExactly(labelled);
        assertThat(walk(JobFilter.ALL.withType("nothing"))).isEmpty();
    }

    @Test
    void knowsTheLabelsOfManyThatCameTogetherAndOfOneThatWasReplaced() {
        var labels = EnqueueOptions.DEFAULTS.withLabels(List.of("a", "b"));
        var ids = queue.enqueueAllWith(Stream.of(new NewJob(new ShipOrder(1, "x"), labels),
                new NewJob(new ShipOrder(2, "x"), EnqueueOptions.DEFAULTS)));
        var replace = UniqueKey.whileWaiting("replaced").withPolicy(UniqueKey.Policy.REPLACE);
        var id = enqueue(labels.withUniqueKey(replace));
        enqueue(EnqueueOptions.DEFAULTS.withLabels(List.of("c")).withUniqueKey(replace));

        assertThat(walk(JobFilter.ALL.withLabel("b"))).containsExactly(ids.getFirst());
        assertThat(walk(JobFilter.ALL.withLabel("c"))).containsExactly(id);
    }

    @Test
    void findsAFewBehindManyOthersInTheFirstPage() {
        var failed = ship();
        jdbc.sql("update millrace_jobs.jobrunr_jobs set state = 'FAILED'").update();
        var labelled = enqueue(EnqueueOptions.DEFAULTS.withLabels(List.of("rare")));
        others(3_000);

        assertThat(ids(listing.page(JobFilter.ALL.withState(State.FAILED), null, 10))).containsExactly(failed);
        assertThat(ids(listing.page(JobFilter.ALL.withLabel("rare"), null, 10))).containsExactly(labelled);
        assertThat(ids(listing.page(JobFilter.ALL.withType("ship-order").withQueue("shipping"), null, 10)))
                .containsExactly(labelled, failed);
    }

    @Test
    void answersWhatItHasAndSaysWhereToGoOnWhereManyDoNotFit() {
        var oldest = ship();
        others(3_000);
        var hurried = new JobListing(new LookForJobs(database, schema, store), Duration.ZERO);
        var filter = JobFilter.ALL.withQueue("shipping");

        var first = hurried.page(filter, null, 10);

        assertThat(first.jobs()).isEmpty();
        assertThat(first.next()).isNotNull();
        assertThat(walk(hurried, filter, 10)).containsExactly(oldest);
    }

    /** All in the future, and of a queue of their own. */
    private void others(int jobs) {
        jdbc.sql(
                """
                insert into millrace_jobs.jobrunr_jobs (id, version, jobAsJson, jobSignature, state, createdAt, updatedAt, type,
                                                        queue)
                select gen_random_uuid()::text, 1, '{}', 'x', 'SUCCEEDED', '2100-01-01'::timestamp + i * interval '1 ms', now(),
                       'other', 'others'
                from generate_series(1, ?) i
                """)
                .param(jobs).update();
    }

    private List<UUID> walk(JobFilter filter) {
        return walk(listing, filter, 1);
    }

    private static List<UUID> walk(JobListing listing, JobFilter filter, int limit) {
        var found = new ArrayList<UUID>();
        JobPage.@Nullable Place next = null;
        do {
            var page = listing.page(filter, next, limit);
            found.addAll(ids(page));
            next = page.next();
        } while (next != null);
        return found;
    }

    private static List<UUID> ids(JobPage page) {
        return page.jobs().stream().map(JobStatus::id).toList();
    }

    private UUID ship() {
        return enqueue(EnqueueOptions.DEFAULTS);
    }

    private UUID enqueue(EnqueueOptions options) {
        return queue.enqueue(new ShipOrder(1, "somewhere"), options);
    }
}
