package io.millrace.jobs.figures;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

import io.millrace.jobs.JobsSchema;

/** One row, which says as well who may look next, and when. */
final class PostgresClusterFigures implements ClusterFigures {

    /** The least time between the beginnings of two looks. */
    private static final Duration AT_LEAST = Duration.ofSeconds(10);
    /** After a look nobody looks for so many times as long as it took. */
    private static final int REST = 20;
    /** But not for longer: what is known would be too old to go by. */
    private static final Duration LONGEST_REST = Duration.ofMinutes(1);
    /** Who has not come to an end by then, or by four times what the last look took, is taken for dead. */
    private static final Duration LONGEST = Duration.ofSeconds(20);

    /** Processes of several versions read one another's. */
    private final JsonMapper json = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();
    private final JdbcClient jdbc;
    private final String read;
    private final String claim;
    private final String write;

    PostgresClusterFigures(DataSource engine, JobsSchema schema) {
        this.jdbc = JdbcClient.create(engine);
        var table = schema.prefix() + "cluster_figures";
        this.read = """
                    select snapshot::text, greatest(0, extract(epoch from clock_timestamp() - taken_at))::float8
                    from %s where snapshot is not null
                    """.formatted(table);
        this.claim = """
                     update %s
                     set looker = ?, look_ends_by = clock_timestamp() + make_interval(secs => greatest(?, 4 * took))
                     where next_look_at <= clock_timestamp()
                         and (look_ends_by is null or look_ends_by <= clock_timestamp())
                     returning clock_timestamp()
                     """.formatted(table);
        // Whoever was too slow gives way only to what is newer: where all are, each would else wait for the next for ever.
        this.write = """
                     update %s figures
                     set looker = case when looker = look.looked then null else looker end,
                         look_ends_by = case when looker = look.looked then null else look_ends_by end,
                         took = look.took,
                         taken_at = case when %2$s then look.taken_at else figures.taken_at end,
                         snapshot = case when %2$s then look.snapshot else figures.snapshot end,
                         next_look_at = case when %2$s
                             then greatest(look.taken_at + make_interval(secs => ?),
                                 clock_timestamp() + make_interval(secs => least(? * look.took, ?)))
                             else next_look_at end
                     from (values (?::uuid, ?::float8, ?::timestamptz, ?::jsonb)) as look (looked, took, taken_at, snapshot)
                     returning figures.taken_at = look.taken_at
                     """
                .formatted(table, "(figures.taken_at is null or figures.taken_at < look.taken_at)");
    }

    @Override
    public Optional<Snapshot> latest() {
        return read().map(Aged::snapshot);
    }

    /** With how old it is by the database's clock. */
    Optional<Aged> read() {
        return jdbc.sql(read).query((row, _) -> new Aged(json.readValue(row.getString(1), Snapshot.class),
                Duration.ofNanos(Math.round(row.getDouble(2) * 1e9)))).optional();
    }

    /**
     * Who gets the time makes the next look, and nobody else does meanwhile.
     *
     * @return the database's
     */
    Optional<OffsetDateTime> claim(UUID looker) {
        return jdbc.sql(claim).param(looker).param(LONGEST.toSeconds()).query(OffsetDateTime.class).optional();
    }

    /**
     * Unless another has begun one later and written it, which need not be the one that took this looker for dead. How long it took is
     * kept in any case, for the next to have long enough.
     *
     * @return whether it is the last one now
     */
    boolean write(UUID looker, Snapshot snapshot, Duration took) {
        return jdbc.sql(write).param(AT_LEAST.toSeconds()).param(REST).param(LONGEST_REST.toSeconds())
                .param(looker).param(took.toNanos() / 1e9)
                .param(snapshot.takenAt().toString()).param(json.writeValueAsString(snapshot))
                .query(Boolean.class).single();
    }

    /** The last look. */
    record Aged(Snapshot snapshot, Duration age) {
    }
}
