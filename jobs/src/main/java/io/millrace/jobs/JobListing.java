package io.millrace.jobs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

/**
 * The jobs there are, newest first, a page at a time. A job's place never changes, whatever becomes of the job, so that who goes from
 * page to page sees none twice, and none that was there from the beginning and fits all the while is left out.
 *
 * <p>
 * A page costs no more than about a second, however many jobs there are and whatever is asked for: one that has looked at so
 * many that do not fit is answered as it is, with fewer jobs than wanted or none, and says where to go on. To count, and read, what an
 * index leads to may take as long again.
 *
 * <p>
 * Not guaranteed: that a job is seen that was committed after its place had been passed. Labels are known of jobs that were enqueued
 * by {@link JobQueue} since the engine keeps them apart (its migration 16), and the whole error text of what failed since it keeps
 * that (its migration 21): of older failures what stands before the first quote in the message.
 */
public final class JobListing {

    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final int FIRST_LOOK = 500;
    private static final int LARGEST_LOOK = 32_000;
    /** And some more: others may stand between those of a stretch. */
    private static final int ONE_ZONE = WriteZones.JOBS * 5 / 4;

    /** As many rows of one state are read at once rather than walked to. */
    private static final int FEW = 5_000;
    /** As many of a label: each of its rows is looked at to count them, wherever it stands. */
    private static final int FEW_OF_LABEL = 1_000;
    /** As many of either after some looks: they cost a tenth of a second, of a label more. */
    private static final int FEW_BEHIND_MANY = 30_000;
    /** So many looks that no stretch led on from are a tenth of a second. */
    private static final int SOME_LOOKS = 3;
    /** So many from stretch to stretch are, too: where those have what is looked for, but hardly one job has all of it. */
    private static final int MANY_LOOKS = 8;

    private final LookForJobs look;
    private final Duration patience;

    JobListing(DataSource dataSource, JobsSchema schema, JobStore store) {
        this(new LookForJobs(dataSource, schema, store), PATIENCE);
    }

    JobListing(LookForJobs look, Duration patience) {
        this.look = look;
        this.patience = patience;
    }

    /**
     * At most {@code limit} jobs of those behind a place.
     *
     * @param after
     *            {@link JobPage#next} of the page before; null for the first
     * @param limit
     *            from 1
     * @throws IllegalArgumentException
     *             if {@code limit} is less than 1
     * @throws org.springframework.dao.DataAccessException
     *             if the database cannot be reached
     */
    public JobPage page(JobFilter filter, JobPage.@Nullable Place after, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be 1 or more, but was " + limit);
        }
        var looks = look.looksFor(filter);
        var start = looks.start();
        return new Walk(looks, limit)
                .from(after == null || after.createdAt().isAfter(start.createdAt()) ? start : after);
    }

    /** One page's way from the newest to the oldest. */
    private final class Walk {

        private final LookForJobs.Looks looks;
        private final int limit;
        private final long begun = System.nanoTime();
        private final List<JobPage.Place> found = new ArrayList<>();
        private boolean anyInVain;
        /** Looks. */
        private int done;
        /** Looks from whose end no stretch led on. */
        private int alone;
        /** So many of the rarest are known to be too many. */
        private int tooMany;

        Walk(LookForJobs.Looks looks, int limit) {
            this.looks = looks;
            this.limit = limit;
        }

        JobPage from(JobPage.Place start) {
            JobPage.Place place = start;
            int most = Math.max(FIRST_LOOK, limit + 1);
            while (true) {
                var seen = looks.behind(place, most, limit + 1 - found.size());
                done++;
                found.addAll(seen.fitting());
                var end = seen.last();
                if (found.size() > limit) {
                    return page(found.get(limit - 1));
                }
                if (end == null) {
                    return page(null);
                }
                boolean inVain = seen.fitting().isEmpty();
                anyInVain |= inVain;
                var next = looks.skip(end);
                place = next.orElse(end);
                alone += place.equals(end) ? 1 : 0;
                if (anyInVain && isWorthAnIndex()) {
                    found.addAll(looks.amongRarest(end, limit + 1 - found.size()));
                    return page(found.size() > limit ? found.get(limit - 1) : null);
                }
                if (System.nanoTime() - begun > patience.toNanos()) {
                    return page(place);
                }
                boolean isNear = next.isPresent() && !(inVain && place.equals(end));
                most = isNear ? ONE_ZONE : Math.min(most * 8, LARGEST_LOOK);
            }
        }

        /** Whether there are no more than few of what an index leads to. */
        private boolean isWorthAnIndex() {
            int few = few();
            if (few <= tooMany) {
                return false;
            }
            tooMany = few;
            return looks.rarest(few + 1) <= few;
        }

        /** Nobody counts what is soon passed over: thirty thousand of a label alone may take a second. */
        private int few() {
            if (alone >= SOME_LOOKS || done >= MANY_LOOKS) {
                return FEW_BEHIND_MANY;
            }
            return looks.readsEachToCount() ? FEW_OF_LABEL : FEW;
        }

        private JobPage page(JobPage.@Nullable Place next) {
            return new JobPage(looks.at(found.subList(0, Math.min(limit, found.size()))), next);
        }
    }
}
