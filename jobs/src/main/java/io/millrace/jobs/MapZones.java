package io.millrace.jobs;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.Optional;
import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

/**
 * Writes down which types, queues and labels there are in each stretch of {@value WriteZones#JOBS} jobs or some more ({@link JobZones}), from
 * the oldest on, each once; safe on many nodes at once. G. Moerkotte, "Small Materialized Aggregates" (1998); other databases
 * have them as zone maps. Who enqueues pays a comparison of times for it.
 *
 * <p>
 * A stretch is written down when nothing can come into it unseen: it ends ten minutes before a time since when all
 * transactions are over. What is enqueued as of more than five minutes ago, or changed, is noted by a trigger, in the transaction that
 * does so. Not guaranteed: that a search finds what was enqueued after the database's own clock was put back by more than five minutes.
 * Public for the benchmarks alone.
 */
public final class MapZones {

    private static final int AT_ONCE = 16 * WriteZones.JOBS;
    private static final int STRAYS_AT_ONCE = 5_000;

    private final Transactions transactions;
    private final String state;
    private final String settle;
    private final WriteZones write;
    private final String oldestOther;
    private final String forget;
    private final String begin;

    MapZones(DataSource engine, JobsSchema schema) {
        this.transactions = new Transactions(engine);
        this.state = """
                     select upto, all_before, transaction <= pg_snapshot_xmin(pg_current_snapshot()),
                         transaction >= pg_snapshot_xmax(pg_current_snapshot())
                     from %sjob_zones_upto for update skip locked
                     """.formatted(schema.prefix());
        this.settle = """
                      with strays as (
                          delete from %1$sjob_zone_strays where ctid = any (array(
                              select ctid from %1$sjob_zone_strays where at < ? limit %2$d))
                          returning at, type, queue, labels),
                      late as materialized (
                          select begins, strays.* from strays cross join lateral (
                              select begins from %1$sjob_zones where begins <= at order by begins desc limit 1) zone),
                      labelled as materialized (
                          select begins, array_agg(distinct label) as labels from late, unnest(labels) label group by begins),
                      named as (
                          select begins, array_agg(distinct type) as types, array_agg(distinct queue) as queues
                          from late group by begins),
                      settled as (
                          update %1$sjob_zones zone
                          set types = %1$snames_of_both(zone.types, named.types, %3$d),
                              queues = %1$snames_of_both(zone.queues, named.queues, %3$d),
                              labels = %1$snames_of_both(zone.labels, coalesce(labelled.labels, '{}'), %4$d)
                          from named left join labelled using (begins)
                          where zone.begins = named.begins)
                      select count(*) from strays
                      """
                .formatted(schema.prefix(), STRAYS_AT_ONCE, WriteZones.NAMES, WriteZones.LABELS);
        this.write = new WriteZones(schema);
        this.oldestOther = "select createdAt from %sjobrunr_jobs where placedById is not true order by createdAt, id limit 1"
                .formatted(schema.prefix());
        this.forget = """
                      delete from %1$sjob_zones where ends <= least(?, (
                          select createdAt from %1$sjobrunr_jobs
                          where placedById and id >= cast(? as bpchar) and id < cast(? as bpchar) order by id limit 1))
                      """.formatted(schema.prefix());
        this.begin = """
                     update %sjob_zones_upto
                     set all_before = now() at time zone 'UTC' - interval '10 minutes', transaction = pg_current_xact_id()
                     """
                .formatted(schema.prefix());
    }

    /**
     * As far as a turn gets; its rows are jobs.
     *
     * @throws org.jobrunr.storage.StorageException
     *             for what the database refuses
     */
    public Turns.Turn map(Turns turns) {
        return turns.take(AT_ONCE, () -> transactions.run(this::mapSome));
    }

    private int mapSome(Connection connection) throws SQLException {
        var found = state(connection);
        if (found.isEmpty()) {
            // Another node is at it.
            return 0;
        }
        var known = found.get();
        if (known.upto() != null && settleStrays(connection, known.upto()) == STRAYS_AT_ONCE) {
            return AT_ONCE;
        }
        int mapped = 0;
        if (known.before() != null && known.areOver()) {
            mapped = mapBefore(connection, known.upto(), known.before());
            if (mapped == AT_ONCE) {
                return mapped;
            }
            forgetZonesOfNoJobs(connection);
        }
        if (known.before() == null || known.areOver() || known.isOfAnotherServer()) {
            begin(connection);
        }
        return mapped;
    }

    /** Empty if somebody else has it. */
    private Optional<Known> state(Connection connection) throws SQLException {
        try (var select = connection.prepareStatement(state); var row = select.executeQuery()) {
            return row.next()
                    ? Optional.of(new Known(row.getObject(1, LocalDateTime.class),
                            row.getObject(2, LocalDateTime.class), row.getBoolean(3), row.getBoolean(4)))
                    : Optional.empty();
        }
    }

    /** Adds to each stretch what came into it late; what came before the first of them is looked for in any case. */
    private int settleStrays(Connection connection, LocalDateTime before) throws SQLException {
        try (var statement = connection.prepareStatement(settle)) {
            statement.setObject(1, before);
            return count(statement);
        }
    }

    /** Of so many jobs the last are left for another time, unless all of them are of one microsecond. */
    private int mapBefore(Connection connection, @Nullable LocalDateTime from, LocalDateTime before)
            throws SQLException {
        int most = AT_ONCE;
        var written = write.write(connection, from, before, most);
        while (written.jobs() == most && written.zones() == 0) {
            most = Math.multiplyExact(most, 8);
            written = write.write(connection, from, before, most);
        }
        return written.jobs() == most ? AT_ONCE : Math.min(written.jobs(), AT_ONCE - 1);
    }

    private void forgetZonesOfNoJobs(Connection connection) throws SQLException {
        Optional<LocalDateTime> other;
        try (var statement = connection.prepareStatement(oldestOther)) {
            other = WriteZones.time(statement);
        }
        // No further than there: before it all ids of the kind say their place, and the first is at hand.
        try (var statement = connection.prepareStatement(forget)) {
            statement.setObject(1, other.orElse(null));
            statement.setString(2, WriteZones.firstId(LocalDateTime.MIN));
            statement.setString(3, WriteZones.firstId(other.orElse(LocalDateTime.MAX)));
            statement.executeUpdate();
        }
    }

    /** The transactions of now are to be over before what is older is written down. */
    private void begin(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement(begin)) {
            statement.executeUpdate();
        }
    }

    private static int count(PreparedStatement statement) throws SQLException {
        try (var row = statement.executeQuery()) {
            row.next();
            return row.getInt(1);
        }
    }

    /**
     * Where it is.
     *
     * @param upto
     *            where the next stretch begins; null before the first
     * @param before
     *            what may be written down, as soon as the transactions of that time are over; null if nobody has said
     * @param isOfAnotherServer
     *            whether they are of a server that has begun more of them than this, from whose backup this one was made
     */
    private record Known(@Nullable LocalDateTime upto, @Nullable LocalDateTime before, boolean areOver,
            boolean isOfAnotherServer) {
    }
}
