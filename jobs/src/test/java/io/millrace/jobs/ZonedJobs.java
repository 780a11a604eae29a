package io.millrace.jobs;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

import static org.assertj.core.api.Assertions.assertThat;

/** Jobs of the first seconds of 2026, and what searches find of them. */
abstract class ZonedJobs {

    static final int JOBS = 5 * WriteZones.JOBS;

    final StoreTables tables = new StoreTables();
    final MapZones map = new MapZones(tables.database, tables.schema);
    final JobListing listing = new JobListing(tables.database, tables.schema, tables.store);
    final JobZones zones = new JobZones(tables.schema);

    @AfterEach
    void close() {
        tables.close();
    }

    /**
     * Of each two jobs one's id says its place. Two are of a rare type, three in a queue of their own, an eighth of the oldest ones is
     * labelled, and one in the middle.
     */
    void fill() {
        tables.jdbc.sql(
                """
                insert into millrace_jobs.jobrunr_jobs (id, version, jobAsJson, jobSignature, state, createdAt, updatedAt, type,
                                                        queue, labels, placedById)
                select case when i %% 2 = 0 then left(millis, 8) || '-' || right(millis, 4) || '-7000-8000-' || lpad(i::text, 12, '0')
                           else gen_random_uuid()::text end,
                       1, 'x', 'x', 'SUCCEEDED', '2026-01-01'::timestamp + i * interval '1 ms', now(),
                       case when i in (3000, 7001) then 'rare' else 'usual' end,
                       case when i in (1001, 5000, 10001) then 'slow' else 'default' end,
                       case when i < 1500 and i %% 8 = 1 then array['old', 'odd ones'] when i = 5002 then array['odd'] end,
                       case when i %% 2 = 0 then true end
                from (select i, lpad(to_hex(extract(epoch from timestamp '2026-01-01')::bigint * 1000 + i), 12, '0') as millis
                      from generate_series(1, %d) i) numbered
                """
                        .formatted(JOBS))
                .update();
        tables.jdbc.sql("delete from millrace_jobs.job_zone_strays").update();
    }

    /** As if all transactions of now were over for ten minutes. */
    void mapAll() {
        tables.jdbc.sql("""
                        update millrace_jobs.job_zones_upto
                        set all_before = now() at time zone 'UTC' - interval '10 minutes', transaction = '3'
                        """).update();
        assertThat(map.map(Turns.REAL).done()).isTrue();
    }

    UUID insert(String type, String queue, String labels, String createdAt) {
        return UUID.fromString(tables.jdbc.sql(
                """
                insert into millrace_jobs.jobrunr_jobs (id, version, jobAsJson, jobSignature, state, createdAt, updatedAt, type, queue, labels)
                values (gen_random_uuid(), 1, 'x', 'x', 'SUCCEEDED', %s, now(), ?, ?, %s) returning id
                """
                        .formatted(createdAt, labels))
                .param(type).param(queue).query(String.class).single());
    }

    /** Of all pages of two. */
    List<UUID> ids(JobFilter filter) {
        var ids = new ArrayList<UUID>();
        JobPage.@Nullable Place next = null;
        do {
            var page = listing.page(filter, next, 2);
            page.jobs().forEach(job -> ids.add(job.id()));
            next = page.next();
        } while (next != null);
        return ids;
    }

    /** From how many places something is passed over, never anything that fits. */
    int skipped(JobFilter filter) {
        var conditions = new JobConditions(filter, List.of());
        int skipped = 0;
        for (int i = 0; i < JOBS; i += 97) {
            var from = place("select timestamp '2026-01-01' + %d * interval '1 ms'".formatted(i));
            var newest = tables.jdbc
                    .sql("select max(createdAt) from millrace_jobs.jobrunr_jobs where createdAt < :place %s"
                            .formatted(conditions.ofRows()))
                    .params(conditions.parameters()).param("place", JobConditions.utc(from.createdAt()))
                    .query((row, number) -> row.getObject(1, LocalDateTime.class)).list().getFirst();
            var to = skip(filter, from).orElse(from);
            if (newest != null) {
                assertThat(to.createdAt()).isAfter(newest.toInstant(ZoneOffset.UTC));
            }
            skipped += to.equals(from) ? 0 : 1;
        }
        return skipped;
    }

    Optional<JobPage.Place> skip(JobFilter filter, JobPage.Place place) {
        return zones.skip(tables.jdbc, new JobConditions(filter, List.of()), place);
    }

    JobPage.Place place(String sql) {
        var time = tables.jdbc.sql(sql).query(LocalDateTime.class).single();
        return new JobPage.Place(time.toInstant(ZoneOffset.UTC), new UUID(0, 0));
    }

    long count(String rows) {
        return tables.jdbc.sql("select count(*) from millrace_jobs." + rows).query(Long.class).single();
    }
}
