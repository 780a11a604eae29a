package io.millrace.jobs;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/** Many jobs in one transaction, a batch a statement, so that neither side ever holds more than a batch of payloads. */
final class EnqueueInBulk {

    private static final int BATCH = 1_000;
    private static final int BATCH_CHARACTERS = 4 * 1024 * 1024;

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
        private final List<NewJobRow> batch = new ArrayList<>(BATCH);
        private final Supplier<Instant> databaseTime = this::timeAtFirstUse;
        private int characters;
        private @Nullable Instant time;

        List<UUID> enqueue(Iterator<NewJob> stream) {
            while (stream.hasNext()) {
                add(stream.next());
                if (batch.size() == BATCH || characters >= BATCH_CHARACTERS) {
                    write();
                }
            }
            write();
            return List.copyOf(ids);
        }

        private void add(NewJob job) {
            try {
                job.options().requireNoKeys();
                var row = newJobs.of(job.job(), job.options(), databaseTime);
                batch.add(row);
                ids.add(row.id());
                characters += row.enqueued().payload().length();
            } catch (IllegalArgumentException e) {
                throw new RefusedInBulk(ids.size(), e);
            }
        }

        private void write() {
            if (!batch.isEmpty()) {
                jobs.insertAll(batch);
                batch.clear();
                characters = 0;
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
