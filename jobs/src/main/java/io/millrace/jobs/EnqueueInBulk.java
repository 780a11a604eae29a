package io.millrace.jobs;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/** Many jobs in one transaction. */
final class EnqueueInBulk {

    private final NewJobs newJobs;
    private final QueuedJobs jobs;
    private final EnqueueTransaction transaction;

    EnqueueInBulk(NewJobs newJobs, QueuedJobs jobs, EnqueueTransaction transaction) {
        this.newJobs = newJobs;
        this.jobs = jobs;
        this.transaction = transaction;
    }

    List<UUID> enqueue(Iterator<NewJob> stream) {
        return new Bulk().enqueue(stream);
    }

    /** One call's jobs. */
    private final class Bulk {

        private final List<UUID> ids = new ArrayList<>();
        private final InsertInBatches batches = new InsertInBatches(this::insert);
        private final Supplier<Instant> databaseTime = this::timeAtFirstUse;
        private @Nullable Instant time;
        private boolean anyChosenId;

        List<UUID> enqueue(Iterator<NewJob> stream) {
            while (stream.hasNext()) {
                add(stream.next());
            }
            batches.finish();
            return List.copyOf(ids);
        }

        private void add(NewJob job) {
            var row = row(job);
            batches.add(row);
            // Of the batch that it is in: one that was full was written before.
            anyChosenId |= job.options().id() != null;
            ids.add(row.id());
        }

        private void insert(List<NewJobRow> batch) {
            if (anyChosenId) {
                jobs.insertAll(batch);
            } else {
                jobs.insertOwn(batch);
            }
            anyChosenId = false;
        }

        private NewJobRow row(NewJob job) {
            try {
                job.options().requireNoKeys();
                return newJobs.of(job.job(), job.options(), databaseTime);
            } catch (IllegalArgumentException e) {
                throw new RefusedInBulk(ids.size(), e);
            }
        }

        /** What becomes due while the stream is read is enqueued as delayed, which is never early. */
        private Instant timeAtFirstUse() {
            if (time == null) {
                time = transaction.databaseTime();
            }
            return time;
        }
    }
}
