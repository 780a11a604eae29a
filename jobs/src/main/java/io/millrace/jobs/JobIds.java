package io.millrace.jobs;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * Ids that begin with the time of their job's creation, to the microsecond: in the order of such ids jobs are in the order of their
 * creation, so that the primary key is the index of both.
 *
 * <p>
 * They are UUIDs of version 7 (RFC 9562) whose {@code rand_a} holds the microseconds of the millisecond, as section 6.2 allows
 * (method 3); the other 62 bits are random, or count up where a process makes several of one microsecond.
 */
final class JobIds {

    /**
     * SQL for a text that none of these ids is behind whose rows say that they are their places: of a job whose enqueuer's clock is further
     * ahead of the database's, a row does not say so. Between {@link #BEGIN} and this hardly any random id stands, so that none are walked
     * through.
     */
    static final String SQL_END = "(lpad(to_hex((extract(epoch from now()) * 1000)::bigint + %d), 12, '0') collate \"C\")"
            .formatted(Duration.ofMinutes(10).toMillis());

    /** SQL for the condition of that, on a time without a zone, in UTC. */
    static final String SQL_IN_TIME = "%s < now() at time zone 'UTC' + interval '5 minutes'";

    /** No id of this kind is of a time before there were any. */
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    /** Nor from here on. */
    private static final Instant END = Instant.parse("2100-01-01T00:00:00Z");
    private static final int VERSION = 0x7000;
    private static final int MICROS = 1_000;
    private static final Duration MADE_AHEAD = Duration.ofSeconds(1);
    private static final UUID FIRST = new UUID(0, 0);

    private static UUID last = FIRST;

    private JobIds() {
    }

    /**
     * A new one; of a time out of reach, one that says nothing of it. Those that this process makes of one time, and of no other in
     * between, are in the order in which it makes them.
     */
    static synchronized UUID at(Instant createdAt) {
        var random = UUID.randomUUID();
        if (!isInReach(createdAt)) {
            return random;
        }
        long head = head(createdAt);
        last = head == last.getMostSignificantBits()
                ? new UUID(head, last.getLeastSignificantBits() + 1)
                : new UUID(head, random.getLeastSignificantBits());
        return last;
    }

    /** Whether it begins with this time. */
    static boolean isOf(UUID id, Instant createdAt) {
        return isInReach(createdAt) && createdAt.equals(createdAt.truncatedTo(ChronoUnit.MICROS))
                && id.getMostSignificantBits() == head(createdAt);
    }

    /**
     * Of the ids that begin with their times, those of jobs behind a place, newest first, are those before this.
     *
     * @param place
     *            whose id may be of any kind
     */
    static UUID before(JobPage.Place place) {
        if (!place.createdAt().isBefore(END)) {
            return new UUID(head(END), 0);
        }
        if (place.createdAt().isBefore(BEGIN)) {
            return new UUID(head(BEGIN), 0);
        }
        long head = head(place.createdAt());
        int order = Long.compareUnsigned(place.id().getMostSignificantBits(), head);
        return order == 0 ? place.id() : new UUID(order < 0 ? head : head + 1, 0);
    }

    /** The first one that can be of this time. */
    static UUID from(Instant createdAt) {
        return before(new JobPage.Place(createdAt, FIRST));
    }

    /** The place that those before this id are behind, whatever kind it is of; {@link #before} it there are but ids that are before this one. */
    static JobPage.Place place(UUID id) {
        long head = id.getMostSignificantBits();
        var millisecond = Instant.ofEpochMilli(head >>> Short.SIZE);
        int micros = (int) (head & 0xffff) - VERSION;
        if (micros < 0) {
            return new JobPage.Place(millisecond.minus(1, ChronoUnit.MICROS), new UUID(-1, -1));
        }
        return micros < MICROS
                ? new JobPage.Place(millisecond.plus(micros, ChronoUnit.MICROS), id)
                : new JobPage.Place(millisecond.plus(MICROS - 1, ChronoUnit.MICROS), new UUID(-1, -1));
    }

    /** When its job was created: the time it begins with if that is of the last moment, as of one that was made ahead of its job. */
    static Instant createdAt(UUID id, Instant now) {
        var time = place(id).createdAt();
        return isOf(id, time) && !time.isAfter(now) && time.isAfter(now.minus(MADE_AHEAD)) ? time : now;
    }

    private static boolean isInReach(Instant time) {
        return !time.isBefore(BEGIN) && time.isBefore(END);
    }

    private static long head(Instant time) {
        return time.toEpochMilli() << Short.SIZE | VERSION | time.get(ChronoField.MICRO_OF_SECOND) % MICROS;
    }
}
