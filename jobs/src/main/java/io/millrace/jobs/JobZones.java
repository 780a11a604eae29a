package io.millrace.jobs;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Stretches of jobs in their order, each with the types, queues and labels that there are in it, for searches of what hardly any job
 * has: {@link MapZones} writes them. Of the newest jobs, and of those before the first stretch, none says anything.
 */
final class JobZones {

    /** So many are asked at once: with all their labels that takes a tenth of a second or two. */
    private static final int AT_ONCE = 2_000;

    private final String zones;
    private final String strays;

    JobZones(JobsSchema schema) {
        this.zones = schema.prefix() + "job_zones";
        this.strays = schema.prefix() + "job_zone_strays";
    }

    /** Whether they may help to find what fits. */
    static boolean tellOf(JobFilter filter) {
        return filter.type() != null || filter.queue() != null || filter.label() != null;
    }

    /**
     * The place from which on, going to the older ones, something may fit again: nothing does between the two. The same one if it
     * is there; empty if nobody knows.
     */
    Optional<JobPage.Place> skip(JdbcClient jdbc, JobConditions conditions, JobPage.Place place) {
        var at = JobConditions.utc(place.createdAt());
        var found = jdbc
                .sql("""
                     select greatest(
                         (select ends from (select * from %1$s where begins <= :at order by begins desc limit %5$d) asked
                          where true %3$s order by begins desc limit 1),
                         (select max(at) + interval '1 microsecond' from %2$s where at <= :at %4$s),
                         (select min(begins) from (
                              select begins from %1$s where begins <= :at order by begins desc limit %5$d) asked))
                     where :at < (select ends from %1$s order by begins desc limit 1)
                         and exists (select from %1$s where begins <= :at)
                     """.formatted(
                        zones, strays, conditions.ofZones(), conditions.ofStrays(), AT_ONCE))
                .params(conditions.parameters()).param("at", at).query(LocalDateTime.class).optional();
        return found.map(next -> next.isBefore(at) ? before(next) : place);
    }

    private static JobPage.Place before(LocalDateTime time) {
        return new JobPage.Place(time.toInstant(ZoneOffset.UTC), new UUID(0, 0));
    }
}
