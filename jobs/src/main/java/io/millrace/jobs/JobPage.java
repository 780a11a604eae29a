package io.millrace.jobs;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * Some jobs, newest first.
 *
 * @param next
 *            where to go on; null where nothing is behind
 */
public record JobPage(List<JobStatus> jobs, @Nullable Place next) {

    public JobPage {
        jobs = List.copyOf(jobs);
    }

    /**
     * A place among the jobs, whether or not there is still a job at it.
     *
     * @param createdAt
     *            to the microsecond, as the database keeps it
     */
    public record Place(Instant createdAt, UUID id) {

        /** In the order of their texts, as the database has ids. */
        static final Comparator<Place> NEWEST_FIRST = Comparator.comparing(Place::createdAt)
                .thenComparing(place -> place.id().toString()).reversed();
    }
}
