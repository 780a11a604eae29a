package io.millrace.jobs;

import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.millrace.jobs.JobPage.Place;

import static org.assertj.core.api.Assertions.assertThat;

class JobIdsTest {

    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00.123456Z");

    private final Random random = new Random(25);

    @Test
    void areUuidsOfVersionSevenThatSayTheirTime() {
        var id = JobIds.at(NOON);

        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(NOON.toEpochMilli());
        assertThat(JobIds.place(id)).isEqualTo(new Place(NOON, id));
        assertThat(JobIds.isOf(id, NOON)).isTrue();
        assertThat(JobIds.isOf(id, NOON.plusNanos(1_000))).isFalse();
        assertThat(JobIds.isOf(id, NOON.plusNanos(1))).as("no row keeps this time").isFalse();
        assertThat(JobIds.isOf(UUID.randomUUID(), NOON)).isFalse();
        assertThat(JobIds.at(NOON)).isNotEqualTo(id);
    }

    @Test
    void sayNothingOfTimesOutOfReach() {
        for (var time : List.of(Instant.parse("2025-12-31T23:59:59.999999Z"), Instant.parse("2100-01-01T00:00:00Z"))) {
            var id = JobIds.at(time);

            assertThat(id.version()).isEqualTo(4);
            assertThat(JobIds.isOf(id, time)).isFalse();
        }
    }

    @Test
    void areInTheOrderOfTheirTimesAsTextsToo() {
        var times = IntStream.range(0, 2_000).mapToObj(_ -> anyTime()).sorted().distinct().toList();

        assertThat(times.stream().map(time -> JobIds.at(time).toString())).isSorted();
    }

    /** Whatever the id at the place is: one of theirs, another's of nearly the same time, or any. */
    @Test
    void areBehindAPlaceIfTheyAreBeforeItsId() {
        var ids = Stream.generate(() -> JobIds.at(anyTime())).limit(200).toList();
        var places = Stream.concat(ids.stream().map(JobIds::place),
                Stream.generate(() -> new Place(anyTime(), anyId())).limit(400)).toList();

        for (var place : places) {
            var before = JobIds.before(place).toString();
            assertThat(ids).allSatisfy(id -> assertThat(id.toString().compareTo(before) < 0)
                    .isEqualTo(Place.NEWEST_FIRST.compare(JobIds.place(id), place) > 0));
        }
    }

    /** The place at which a look ends that has come to any id: it goes on at that very id, or has nothing left to look at. */
    @Test
    void goOnAtAnyId() {
        var ids = Stream.generate(() -> JobIds.at(anyTime())).limit(200).toList();
        var first = JobIds.from(Instant.EPOCH).toString();

        Stream.concat(Stream.of(new UUID(0, 0), UUID.fromString(first), new UUID(-1, -1)),
                Stream.generate(this::anyId).limit(2_000)).forEach(any -> {
                    var before = JobIds.before(JobIds.place(any)).toString();
                    var notAgain = any.toString().compareTo(first) < 0 ? first : any.toString();
                    assertThat(before).as("or it would come to %s again", any).isLessThanOrEqualTo(notAgain);
                    assertThat(ids).allSatisfy(id -> assertThat(id.toString().compareTo(before) < 0)
                            .isEqualTo(id.toString().compareTo(any.toString()) < 0));
                });
    }

    @Test
    void ofOneTimeAreInTheOrderInWhichTheyAreMade() {
        assertThat(Stream.generate(() -> JobIds.at(NOON).toString()).limit(1_000)).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void areNotBehindWhatIsBeforeAllAndBehindWhatIsAfterAll() {
        var first = JobIds.at(Instant.parse("2026-01-01T00:00:00Z")).toString();
        assertThat(JobIds.before(new Place(Instant.parse("1950-01-01T00:00:00Z"), UUID.randomUUID())).toString())
                .isLessThan(first);
        assertThat(JobIds.from(Instant.parse("1950-01-01T00:00:00Z")).toString()).isLessThan(first);
        var last = JobIds.at(Instant.parse("2099-12-31T23:59:59.999999Z")).toString();
        assertThat(JobIds.before(new Place(Instant.MAX, new UUID(0, 0))).toString()).isGreaterThan(last);
        assertThat(JobIds.from(NOON).toString()).isLessThan(JobIds.at(NOON).toString())
                .isGreaterThan(JobIds.at(NOON.minusNanos(1_000)).toString());
    }

    @Test
    void tellTheTimeOfAJobWhoseIdWasMadeAhead() {
        var id = JobIds.at(NOON);

        assertThat(JobIds.createdAt(id, NOON.plusMillis(20))).isEqualTo(NOON);
        var later = NOON.plusSeconds(1);
        assertThat(JobIds.createdAt(id, later)).as("chosen by a caller long ago").isEqualTo(later);
        var earlier = NOON.minusMillis(1);
        assertThat(JobIds.createdAt(id, earlier)).as("of a caller's faster clock").isEqualTo(earlier);
        assertThat(JobIds.createdAt(UUID.randomUUID(), NOON)).isEqualTo(NOON);
    }

    /** Of a few milliseconds, so that many meet. */
    private Instant anyTime() {
        return NOON.plusNanos(random.nextLong(3_000) * 1_000);
    }

    private UUID anyId() {
        long millis = NOON.toEpochMilli() + random.nextInt(-1, 5);
        return List
                .of(new UUID(random.nextLong(), random.nextLong()),
                        new UUID(millis << 16 | random.nextInt(0x10000), random.nextLong()),
                        new UUID(millis << 16 | 0x7000 | random.nextInt(0x1000), random.nextLong()))
                .get(random.nextInt(3));
    }
}
