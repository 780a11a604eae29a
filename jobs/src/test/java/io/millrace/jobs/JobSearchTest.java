package io.millrace.jobs;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

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

/** The listing by time, key and error text. */
@TestPropertySource(properties = "millrace.jobs.worker.auto-start=false")
@DirtiesContext
class JobSearchTest extends EmbeddedEngine {

    private static final Instant NOON = Instant.parse("2026-02-01T12:00:00Z");

    @Autowired
    JobListing listing;
    @Autowired
    RunWaitingJobs run;

    @BeforeEach
    void empty() {
        jdbc.sql("delete from millrace_jobs.jobrunr_jobs").update();
        jdbc.sql("delete from millrace_jobs.job_unique_keys").update();
    }

    @Test
    void beginsAndEndsWhereTheTimeDoes() {
        var ids = Stream.generate(this::ship).limit(5).toList();
        for (int i = 0; i < ids.size(); i++) {
            jdbc.sql("update millrace_jobs.jobrunr_jobs set createdAt = ?::timestamp, placedById = null where id = ?")
                    .param(NOON.plusSeconds(i).toString().replace("Z", "")).param(ids.get(i).toString()).update();
        }
        var from = JobFilter.ALL.withCreatedFrom(NOON.plusSeconds(1));

        assertThat(found(from)).containsExactlyElementsOf(ids.subList(1, 5).reversed());
        assertThat(found(from.withCreatedBefore(NOON.plusSeconds(3)))).containsExactly(ids.get(2), ids.get(1));
        assertThat(found(from.withCreatedBefore(NOON.plusSeconds(3)).withState(State.ENQUEUED)))
                .containsExactly(ids.get(2), ids.get(1));
        assertThat(found(JobFilter.ALL.withCreatedBefore(NOON.plusSeconds(1)))).containsExactly(ids.getFirst());
        assertThat(found(JobFilter.ALL.withCreatedBefore(NOON.plusSeconds(1).plusNanos(1))))
                .containsExactly(ids.get(1), ids.getFirst());
        assertThat(found(JobFilter.ALL.withCreatedFrom(NOON.plusSeconds(4).plusNanos(1)))).isEmpty();
        assertThat(found(JobFilter.ALL.withCreatedFrom(Instant.MIN).withCreatedBefore(Instant.MAX))).hasSize(5);
        assertThat(found(from.withCreatedBefore(Instant.MIN))).isEmpty();
    }

    @Test
    void beginsAndEndsAtTheNextMicrosecondOfATimeInBetween() {
        var id = ship();
        var createdAt = found(JobFilter.ALL).stream().map(queue::find).map(Optional::orElseThrow).findFirst()
                .orElseThrow().createdAt();

        assertThat(found(JobFilter.ALL.withCreatedBefore(createdAt.plusNanos(1)))).containsExactly(id);
        assertThat(found(JobFilter.ALL.withCreatedBefore(createdAt))).isEmpty();
        assertThat(found(JobFilter.ALL.withCreatedFrom(createdAt))).containsExactly(id);
        assertThat(found(JobFilter.ALL.withCreatedFrom(createdAt.plusNanos(1)))).isEmpty();
    }

    @Test
    void goesOnBehindAPlaceWithinTheTime() {
        var ids = Stream.generate(this::ship).limit(5).toList();
        jdbc.sql("update millrace_jobs.jobrunr_jobs set createdAt = '2026-02-01T12:00:00', placedById = null").update();
        var filter = JobFilter.ALL.withCreatedFrom(NOON).withCreatedBefore(NOON.plusSeconds(1));

        assertThat(walk(filter, 2)).containsExactlyInAnyOrderElementsOf(ids);
    }

    @Test
    void knowsTheJobsOfAKeyOfEachKind() {
        ship();
        var unique = enqueue(EnqueueOptions.DEFAULTS.withUniqueKey(UniqueKey.whileWaiting("key")));
        var ofAnotherType = queue.enqueue(new ServeTenant("x", false),
                EnqueueOptions.DEFAULTS.withUniqueKey(UniqueKey.whileWaiting("key")));
        var idempotent = enqueue(EnqueueOptions.DEFAULTS.withIdempotencyKey("key"));
        var limited = Stream.generate(() -> enqueue(
                EnqueueOptions.DEFAULTS.withConcurrencyLimit("key", 1))).limit(3).toList();
        jdbc.sql("update millrace_jobs.jobrunr_jobs set state = 'SUCCEEDED' where id = ?")
                .param(limited.getFirst().toString()).update();
        var other = enqueue(EnqueueOptions.DEFAULTS.withUniqueKey(UniqueKey.whileWaiting("another")));

        var all = List.of(limited.get(2), limited.get(1), limited.get(0), idempotent, ofAnotherType, unique);
        assertThat(found(JobFilter.ALL.withKey("key"))).isEqualTo(all);
        assertThat(walk(JobFilter.ALL.withKey("key"), 2)).isEqualTo(all);
        assertThat(found(JobFilter.ALL.withKey("key").withState(State.SUCCEEDED))).containsExactly(limited.get(0));
        assertThat(found(JobFilter.ALL.withKey("key").withType("serve-tenant"))).containsExactly(ofAnotherType);
        assertThat(found(JobFilter.ALL.withKey("another"))).containsExactly(other);
        assertThat(found(JobFilter.ALL.withKey("ke"))).isEmpty();
    }

    @Test
    void findsWhatAFailureSaysAlsoWhileItIsTriedAgain() {
        var forGood = queue.enqueue(new ShipOrder(1, "no such street"));
        var again = queue.enqueue(new ShipOrder(2, "nobody home"));
        var well = ship();
        run.upTo(3);
        assertThat(queue.find(again).orElseThrow().state()).isEqualTo(State.SCHEDULED);

        assertThat(found(JobFilter.ALL.withError("ADDRESS does not"))).containsExactly(forGood);
        assertThat(found(JobFilter.ALL.withError("permanentfailure: the address"))).containsExactly(forGood);
        assertThat(found(JobFilter.ALL.withError("nobody opened"))).containsExactly(again);
        assertThat(found(JobFilter.ALL.withError("e"))).containsExactly(again, forGood);
        assertThat(found(JobFilter.ALL.withError("e").withState(State.SCHEDULED))).containsExactly(again);
        assertThat(found(JobFilter.ALL.withError("e").withState(State.FAILED))).containsExactly(forGood);
        assertThat(found(JobFilter.ALL.withError("no%opened"))).as("it is no pattern").isEmpty();
        assertThat(errorOf(well)).isNull();
    }

    @Test
    void isNotToldOfTheFailuresOfAJobThatHasSucceeded() {
        var id = queue.enqueue(new ShipOrder(1, "at the second ring"));
        run.upTo(1);
        assertThat(found(JobFilter.ALL.withError("opened yet"))).containsExactly(id);
        jdbc.sql("update millrace_jobs.jobrunr_jobs set scheduledAt = now() - interval '1 day'").update();
        run.upTo(1);

        assertThat(queue.find(id).orElseThrow().state()).isEqualTo(State.SUCCEEDED);
        assertThat(found(JobFilter.ALL.withError("opened yet"))).isEmpty();
    }

    /** The version before did not write the column. */
    @Test
    void readsTheErrorsOfOlderFailuresInTheirHistory() {
        var ids = List.of(ship(), ship());
        FailedRows.fail(jdbc, ids.subList(0, 1), "java.io.IOException");

        assertThat(errorOf(ids.getFirst())).isNull();
        assertThat(found(JobFilter.ALL.withError("ioexception: NOT"))).containsExactly(ids.getFirst());
        assertThat(found(JobFilter.ALL.withError("java.lang.Error"))).isEmpty();
        assertThat(found(JobFilter.ALL.withState(State.FAILED))).containsExactly(ids.getFirst());
    }

    @Test
    void findsARowThatCouldNotBeRead() {
        var id = ship();
        jdbc.sql("update millrace_jobs.jobrunr_jobs set jobAsJson = 'nothing'").update();
        run.upTo(1);

        assertThat(found(JobFilter.ALL.withError("cannot be read"))).containsExactly(id);
    }

    @Test
    void forgetsTheErrorOfAJobThatIsReplaced() {
        var replace = UniqueKey.whileWaiting("replaced").withPolicy(UniqueKey.Policy.REPLACE);
        queue.enqueue(new ShipOrder(2, "nobody home"), EnqueueOptions.DEFAULTS.withUniqueKey(replace));
        run.upTo(1);
        assertThat(found(JobFilter.ALL.withError("nobody"))).hasSize(1);

        var id = enqueue(EnqueueOptions.DEFAULTS.withUniqueKey(replace));

        assertThat(found(JobFilter.ALL.withError("nobody"))).isEmpty();
        assertThat(found(JobFilter.ALL)).containsExactly(id);
    }

    private @Nullable String errorOf(UUID id) {
        return jdbc.sql("select error from millrace_jobs.jobrunr_jobs where id = ?").param(id.toString())
                .query(String.class).optional().orElse(null);
    }

    private List<UUID> found(JobFilter filter) {
        return walk(filter, 100);
    }

    private List<UUID> walk(JobFilter filter, int limit) {
        var found = new ArrayList<UUID>();
        JobPage.@Nullable Place next = null;
        do {
            var page = listing.page(filter, next, limit);
            page.jobs().forEach(job -> found.add(job.id()));
            next = page.next();
        } while (next != null);
        return found;
    }

    private UUID ship() {
        return enqueue(EnqueueOptions.DEFAULTS);
    }

    private UUID enqueue(EnqueueOptions options) {
        return queue.enqueue(new ShipOrder(1, "somewhere"), options);
    }
}
