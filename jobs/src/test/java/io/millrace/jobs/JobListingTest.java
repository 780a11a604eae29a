package io.millrace.jobs;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
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
        jdbc.sql("update millrace_jobs.jobrunr_jobs set createdAt = '2026-01-01', placedById = null").update();

        var sorted = ids.stream().sorted((a, b) -> b.toString().compareTo(a.toString())).toList();
        assertThat(walk(listing, JobFilter.ALL, 2)).isEqualTo(sorted);
    }

    /** Those whose ids say when, of now and then; as many that were given ids of any kind, of the same time and of any. */
    @Test
    void isInTheOrderOfCreationWhateverIdsTheyHave() {
        var random = new Random(25);
        var start = Instant.parse("2026-11-01T00:00:00Z");
        var rows = new ArrayList<Object[]>();
        for (int i = 0; i < 6_000; i++) {
            // All of an hour have ids of another kind, as those from before there were any of this.
            boolean hour = i / 1_000 == 2;
            var createdAt = start.plusNanos((i * 3_600L + random.nextInt(9_000_000)) * 1_000);
            int kind = hour ? 1 + random.nextInt(3) : random.nextInt(5);
            var near = new UUID(createdAt.toEpochMilli() << 16 | 0x7000 | random.nextInt(0x1000), random.nextLong());
            rows.add(switch (kind) {
                case 1 -> row(UUID.randomUUID(), createdAt, null);
                case 2 -> row(near, createdAt.plusMillis(random.nextInt(3)), null);
                case 3 -> row(JobIds.at(createdAt), createdAt, null);
                default -> row(JobIds.at(createdAt), createdAt, true);
            });
        }
        insert(rows);
        var all = inOrder("true");
        var between = JobFilter.ALL.withCreatedFrom(start.plusSeconds(5)).withCreatedBefore(start.plusSeconds(13));
        var some = inOrder("createdAt >= '2026-11-01 00:00:05' and createdAt < '2026-11-01 00:00:13'");

        assertThat(walk(listing, JobFilter.ALL, 7)).isEqualTo(all);
        assertThat(walk(listing, JobFilter.ALL, 2_500)).isEqualTo(all);
        assertThat(walk(new JobListing(new LookForJobs(database, schema, store), Duration.ZERO), JobFilter.ALL, 400))
                .isEqualTo(all);
        assertThat(some).hasSizeBetween(1_000, 3_000);
        assertThat(walk(listing, between, 90)).isEqualTo(some);
    }

    /** More than a look reads that begin with one time, of a caller's own making; before and behind them jobs of both kinds. */
    @Test
    void goesOnThroughIdsThatAllBeginAlike() {
        var noon = Instant.parse("2026-11-01T12:00:00Z");
        var rows = new ArrayList<Object[]>();
        for (int i = 0; i < 1_600; i++) {
            rows.add(row(new UUID(noon.toEpochMilli() << 16 | (i % 2 == 0 ? 0 : 0xf000), i), noon.plusMillis(i % 7),
                    null));
        }
        for (int second : List.of(-1, 1)) {
            rows.add(row(JobIds.at(noon.plusSeconds(second)), noon.plusSeconds(second), true));
            rows.add(row(UUID.randomUUID(), noon.plusSeconds(second), null));
        }
        insert(rows);
        var all = inOrder("true");

        assertThat(walk(new JobListing(new LookForJobs(database, schema, store), Duration.ZERO), JobFilter.ALL, 10))
                .isEqualTo(all);
    }

    private List<UUID> inOrder(String which) {
        return jdbc.sql("select id from millrace_jobs.jobrunr_jobs where %s order by createdAt desc, id desc"
                .formatted(which)).query((row, _) -> UUID.fromString(row.getString(1))).list();
    }

    private static Object[] row(UUID id, Instant createdAt, @Nullable Boolean placed) {
        return new Object[]{id.toString(), createdAt.toString(), placed};
    }

    private void insert(List<Object[]> rows) {
        jdbc.sql(
                """
                insert into millrace_jobs.jobrunr_jobs (id, version, jobAsJson, jobSignature, state, createdAt, updatedAt,
                                                        type, queue, placedById)
                select id, 1, '{}', 'x', 'SUCCEEDED', created::timestamptz at time zone 'UTC', now(), 'other', 'others', placed
                from unnest(:ids, :created, :placed) as new (id, created, placed)
                """)
                .param("ids", rows.stream().map(row -> row[0]).toArray(String[]::new))
                .param("created", rows.stream().map(row -> row[1]).toArray(String[]::new))
                .param("placed", rows.stream().map(row -> row[2]).toArray(Boolean[]::new)).update();
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
