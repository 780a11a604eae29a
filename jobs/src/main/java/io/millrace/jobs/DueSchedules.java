package io.millrace.jobs;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.millrace.jobs.ScheduleOptions.Overlap;

/**
 * Puts the jobs of schedules into the queue at their times, by the database's clock alone: the jobs of a batch of schedules, and the next
 * times of these, in one transaction that holds their rows. A batch is as large as its jobs are ({@link DueBatch}). Safe on many nodes at once: what one holds, the others pass over.
 *
 * <p>
 * A process looks only at schedules whose job type it knows, so that none that does not stands in the way of one that does.
 */
final class DueSchedules {

    private static final Logger LOG = LoggerFactory.getLogger(DueSchedules.class);

    private static final int AT_ONCE = 500;
    /** What could not be read is not read by the next try either, as a rule. */
    private static final Duration AFTER_AN_ERROR = Duration.ofMinutes(1);

    private final JobTypes types;
    private final JobPayloads payloads;
    private final EnqueueTransaction transaction;
    private final QueuedJobs queuedJobs;
    private final SaidTypes saidTypes;
    private final Duration missedAfter;
    private final String due;
    private final String read;
    private final String written;
    private final String next;
    private final String strangers;

    DueSchedules(JobTypes types, JobPayloads payloads, DataSource engine, JobsSchema schema, WakeUp wakeUp,
            ScheduleProperties settings) {
        this.types = types;
        this.payloads = payloads;
        this.transaction = new EnqueueTransaction(engine);
        this.queuedJobs = new QueuedJobs(schema, transaction, wakeUp);
        this.saidTypes = new SaidTypes(schema);
        this.missedAfter = settings.missedAfter();
        var table = schema.prefix() + "job_schedules";
        this.due = """
                   select id, octet_length(payload) as size from %s
                   where type = any (?) and look_at <= (select clock_timestamp())
                   order by look_at
                   limit ?
                   for update skip locked
                   """.formatted(table);
        this.read = """
                    select %s, clock_timestamp() as now from %s schedule where schedule.id = any (?) order by look_at
                    """.formatted(ScheduleRow.COLUMNS.formatted(schema.prefix()), table);
        this.written = """
                       update %s schedule
                       set next_run_at = new.next, look_at = new.look, error = new.error,
                           last_run_at = case when new.job is null then last_run_at else clock_timestamp() end,
                           last_job_id = coalesce(new.job, last_job_id)
                       from unnest(?::text[], ?::timestamptz[], ?::timestamptz[], ?::uuid[], ?::text[])
                           as new (id, next, look, job, error)
                       where schedule.id = new.id
                       """.formatted(table);
        this.next = """
                    select min(first.look_at), clock_timestamp()
                    from unnest(?::text[]) as known (type) cross join lateral (
                        select look_at from %s schedule
                        where schedule.type = known.type and look_at is not null
                        order by look_at
                        limit 1) first
                    """.formatted(table);
        this.strangers = """
                         update %s set error = 'no worker that runs knows the job type'
                         where look_at < (select clock_timestamp()) - interval '1 minute' and type <> all (?) and error is null
                         """
                .formatted(table);
    }

    /**
     * All that is due by now.
     *
     * @return how many schedules it was
     */
    int enqueue() {
        int enqueued = 0;
        Done batch;
        do {
            batch = transaction.allOrNothing(this::enqueueSome);
            enqueued += batch.schedules();
        } while (batch.more());
        return enqueued;
    }

    /** Lets processes that know no job types queue the jobs of schedules all the same. */
    void sayTypes() {
        saidTypes.say(transaction.jdbc(), types.offered(), types.internal());
    }

    /** How long it is until the next one is due, zero or less if one is; empty if there is none. */
    Optional<Duration> untilNext() {
        return transaction.jdbc().sql(next).param(known()).query((row, number) -> {
            var time = row.getObject(1, OffsetDateTime.class);
            return Optional.ofNullable(
                    time == null ? null : Duration.between(row.getObject(2, OffsetDateTime.class), time));
        }).single();
    }

    /** Says so of those that are overdue because nobody who runs knows their type: whoever knows it takes it back. */
    void noteStrangers() {
        int found = transaction.jdbc().sql(strangers).param(known()).update();
        if (found > 0) {
            LOG.warn("{} schedules are overdue, and their job types are unknown here", found);
        }
    }

    private Done enqueueSome() {
        var batch = new DueBatch();
        var locked = transaction.jdbc().sql(due).param(known()).param(AT_ONCE)
                .query((row, number) -> new Locked(row.getString("id"), row.getInt("size"))).list();
        if (locked.isEmpty()) {
            return new Done(0, false);
        }
        // In a statement of its own: it sees what was committed before they were locked, such as a job that still runs.
        var ids = locked.stream().filter(one -> batch.mayRead(one.size())).map(Locked::id).toArray(String[]::new);
        var turns = transaction.jdbc().sql(read).param(ids).query((row, number) -> turn(row, number, batch)).list()
                .stream().flatMap(Optional::stream).toList();
        var jobs = new InsertInBatches(queuedJobs::insertAll);
        turns.forEach(turn -> turn.jobs().forEach(jobs::add));
        jobs.finish();
        transaction.jdbc().sql(written).param(texts(turns, Turn::id)).param(texts(turns, Turn::next))
                .param(texts(turns, Turn::look)).param(texts(turns, Turn::lastJob)).param(texts(turns, Turn::error))
                .update();
        LOG.debug("{} schedules were due; queued their jobs", turns.size());
        return new Done(turns.size(), locked.size() == AT_ONCE || turns.size() < locked.size());
    }

    /** What cannot be read, or queued, keeps its time and holds up no other. Empty for the next batch's. */
    private Optional<Turn> turn(ResultSet row, int number, DueBatch batch) throws SQLException {
        var id = row.getString("id");
        var dueAt = row.getObject("next_run_at", OffsetDateTime.class).toInstant();
        var now = row.getObject("now", OffsetDateTime.class).toInstant();
        try {
            return turn(ScheduleRow.map(row, number), dueAt, now, batch);
        } catch (RuntimeException e) {
            var reason = e instanceof IllegalArgumentException || e instanceof DateTimeException
                    ? String.valueOf(e.getMessage())
                    : e.getClass().getSimpleName();
            LOG.warn("the job of schedule {} cannot be queued ({}); trying again in {}", id, reason, AFTER_AN_ERROR);
            return Optional.of(new Turn(id, dueAt, now.plus(AFTER_AN_ERROR), List.of(), reason));
        }
    }

    private Optional<Turn> turn(ScheduleRow row, Instant dueAt, Instant now, DueBatch batch) {
        var schedule = row.schedule();
        var options = schedule.options();
        var runs = DueRuns.at(now, dueAt, row.recurrence(), missedAfter, options.missedRuns());
        int most = options.overlap() == Overlap.ALLOW ? runs.jobs() : row.mustWait() ? 0 : 1;
        int count = Math.min(most, runs.jobs());
        if (!batch.hasRoomFor(count, schedule.payload().length())) {
            return Optional.empty();
        }
        var then = runs.next().orElse(null);
        return Optional.of(new Turn(schedule.id(), then, then, jobs(schedule, count, now), null));
    }

    /** All of them are the same but for their ids: what is to be queued is read once. */
    private List<NewJobRow> jobs(Schedule schedule, int count, Instant now) {
        if (count == 0) {
            return List.of();
        }
        // Whatever this node's clock says.
        var first = new NewJobs(types, payloads, Clock.fixed(now, ZoneOffset.UTC), JobSpans.NONE).read(schedule.type(),
                schedule.payload(), schedule.options().enqueueOptions(schedule.id()), () -> now);
        var others = Stream.generate(() -> first.as(JobIds.at(first.createdAt()), first.createdAt()));
        return Stream.concat(Stream.of(first), others.limit(count - 1L)).toList();
    }

    private String[] known() {
        return types.names().toArray(String[]::new);
    }

    private static String[] texts(List<Turn> turns, Function<Turn, @Nullable Object> column) {
        return turns.stream().map(column).map(value -> value == null ? null : value.toString())
                .toArray(String[]::new);
    }

    /**
     * One whose row is locked.
     *
     * @param size
     *            of its payload, in bytes
     */
    private record Locked(String id, int size) {
    }

    /**
     * What came of a batch.
     *
     * @param more
     *            whether others may be due
     */
    private record Done(int schedules, boolean more) {
    }

    /**
     * What becomes of one schedule.
     *
     * @param look
     *            when to look at it again
     */
    private record Turn(String id, @Nullable Instant next, @Nullable Instant look, List<NewJobRow> jobs,
            @Nullable String error) {

        @Nullable
        UUID lastJob() {
            return jobs.isEmpty() ? null : jobs.getLast().id();
        }
    }
}
