package io.millrace.jobs;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

/** The schedules as rows that a change locks, written on the connection of the caller's transaction. */
final class PostgresJobSchedules implements JobSchedules {

    private static final String ID = "[A-Za-z0-9._-]{1,100}";

    private final EnqueueTransaction transaction;
    private final JobTypes types;
    private final SaidTypes saidTypes;
    private final NewJobs newJobs;
    private final QueuedJobs queuedJobs;
    private final ScheduleChanges changes;
    private final ScheduleTable table;

    PostgresJobSchedules(JobTypes types, JobPayloads payloads, DataSource dataSource, JobsSchema schema, WakeUp wakeUp,
            Clock clock) {
        this.transaction = new EnqueueTransaction(dataSource);
        this.types = types;
        this.saidTypes = new SaidTypes(schema);
        this.newJobs = new NewJobs(types, payloads, clock, JobSpans.NONE);
        this.queuedJobs = new QueuedJobs(schema, transaction, wakeUp);
        this.changes = new ScheduleChanges(wakeUp);
        this.table = new ScheduleTable(schema);
    }

    @Override
    public StoredSchedule put(String id, Job<?> job, ScheduleOptions options) {
        checkId(id);
        var row = newJobs.of(job, options.enqueueOptions(id), transaction::databaseTime);
        newJobs.checkOffered(row.enqueued().type());
        return store(id, row.enqueued().type(), row.enqueued().payload(), options);
    }

    @Override
    public StoredSchedule put(String id, String type, String payload, ScheduleOptions options) {
        checkId(id);
        newJobs.read(type, payload, options.enqueueOptions(id), transaction::databaseTime);
        return store(id, type, payload, options);
    }

    private static void checkId(String id) {
        InvalidSchedule.check("id", id.matches(ID), "must be 1 to 100 letters, digits, dots, hyphens or underscores");
    }

    private StoredSchedule store(String id, String type, String payload, ScheduleOptions options) {
        EnqueueTransaction.requireWritable("change a schedule");
        return transaction.allOrNothing(() -> {
            var stored = insert(id, type, payload, options).map(fresh -> new StoredSchedule(fresh, true))
                    .or(() -> lock(id)
                            .map(before -> new StoredSchedule(replace(before, type, payload, options), false)));
            if (stored.isEmpty()) {
                // It was there, and was deleted just now.
                return store(id, type, payload, options);
            }
            changes.tell(transaction.jdbc());
            return stored.get();
        });
    }

    private Optional<Schedule> insert(String id, String type, String payload, ScheduleOptions options) {
        var now = transaction.databaseTime();
        var fresh = new Schedule(id, type, payload, options, next(options, now, now), null, null, null, now, now);
        return table.insert(transaction.jdbc(), fresh, now) ? Optional.of(fresh) : Optional.empty();
    }

    /** With the time after the lock: what ran until then does not run again. */
    private Schedule replace(ScheduleRow before, String type, String payload, ScheduleOptions options) {
        var now = transaction.databaseTime();
        var old = before.schedule();
        var anchor = Objects.equals(old.options().every(), options.every()) ? before.anchor() : now;
        boolean goesOn = old.options().hasTimesOf(options) && old.nextRunAt() != null && !options.paused();
        var changed = new Schedule(old.id(), type, payload, options,
                goesOn ? old.nextRunAt() : next(options, anchor, now), old.lastRunAt(), old.lastJobId(), null,
                old.createdAt(), now);
        table.update(transaction.jdbc(), changed, anchor);
        return changed;
    }

    private static @Nullable Instant next(ScheduleOptions options, Instant anchor, Instant now) {
        return options.paused() ? null : Recurrence.of(options, anchor).next(now).orElse(null);
    }

    @Override
    public Optional<Schedule> find(String id) {
        return id.matches(ID) ? table.find(transaction.jdbc(), id) : Optional.empty();
    }

    @Override
    public List<Schedule> list(Instant createdAt, String id, int limit) {
        return table.list(transaction.jdbc(), createdAt, id, limit);
    }

    @Override
    public boolean delete(String id) {
        EnqueueTransaction.requireWritable("delete a schedule");
        return id.matches(ID) && transaction.allOrNothing(() -> table.delete(transaction.jdbc(), id));
    }

    @Override
    public Optional<Schedule> pause(String id) {
        return setPaused(id, true);
    }

    @Override
    public Optional<Schedule> resume(String id) {
        return setPaused(id, false);
    }

    private Optional<Schedule> setPaused(String id, boolean paused) {
        EnqueueTransaction.requireWritable("change a schedule");
        return transaction.allOrNothing(() -> lock(id).map(before -> {
            var old = before.schedule();
            if (old.options().paused() == paused) {
                return old;
            }
            var changed = replace(before, old.type(), old.payload(), old.options().withPaused(paused));
            changes.tell(transaction.jdbc());
            return changed;
        }));
    }

    @Override
    public Optional<UUID> runNow(String id) {
        EnqueueTransaction.requireWritable("run a schedule");
        return transaction.allOrNothing(() -> lock(id).map(this::run));
    }

    private Optional<ScheduleRow> lock(String id) {
        return id.matches(ID) ? table.lock(transaction.jdbc(), id) : Optional.empty();
    }

    private UUID run(ScheduleRow row) {
        var schedule = row.schedule();
        if (row.mustWait()) {
            return Objects.requireNonNull(schedule.lastJobId());
        }
        var job = jobOf(schedule);
        queuedJobs.insert(job);
        table.ran(transaction.jdbc(), schedule.id(), job.id());
        return job.id();
    }

    /** Where this process does not know the type, with what workers have said of it. */
    private NewJobRow jobOf(Schedule schedule) {
        var options = schedule.options().enqueueOptions(schedule.id());
        if (types.find(schedule.type()).isEmpty()) {
            var said = saidTypes.find(transaction.jdbc(), schedule.type());
            if (said.isPresent()) {
                return newJobs.unread(said.get(), schedule.payload(), options, transaction::databaseTime);
            }
        }
        return newJobs.read(schedule.type(), schedule.payload(), options, transaction::databaseTime);
    }
}
