package io.millrace.core.paging;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.millrace.testkit.TestPostgres;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Rows come and go between the pages, many of them in the same microsecond; of those that are there throughout none is
 * skipped, and no row comes twice. {@code -Dpaging.seed=…} repeats a run that failed.
 */
final class ChangingRowsTest {

    private static final int RUNS = 200;
    private static final int CHANGES = 40;
    private static final Instant START = Instant.parse("2026-01-31T12:00:00.000001Z");
    private static final Comparator<Cursor> NEWEST_FIRST = Comparator.comparing(Cursor::createdAt)
            .thenComparing(Cursor::id).reversed();
    private static final SealedCursors SEALED = new SealedCursors("thirty-two characters or more of it", List.of());
    private static final List<ListingUnderTest> LISTINGS = ListingUnderTest.all().toList();

    static Stream<ListingUnderTest> listings() {
        return LISTINGS.stream();
    }

    @ParameterizedTest
    @MethodSource("listings")
    void skipsNoRowThatStaysAndRepeatsNone(ListingUnderTest listing) {
        long seed = Long.getLong("paging.seed", new Random().nextLong());
        System.out.println("paging.seed=" + seed);
        for (int run = 0; run < RUNS; run++) {
            listing.clear();
            new Run(listing, new Random(seed + run), "-Dpaging.seed=" + (seed + run)).check();
        }
    }

    @ParameterizedTest
    @MethodSource("listings")
    void doesSoWhileOthersWriteAllTheTime(ListingUnderTest listing) {
        listing.clear();
        var random = new Random(7);
        List<Cursor> staying = IntStream.range(0, 500).mapToObj(_ -> listing.insert(someTime(random, 20), id(random)))
                .toList();
        var done = new AtomicBoolean();
        var writer = CompletableFuture.runAsync(() -> {
            var jdbc = JdbcClient.create(TestPostgres.dataSource(listing.domain().recorder().realUrl()));
            while (!done.get()) {
                Cursor row = listing.insert(jdbc, someTime(random, 20), id(random));
                if (random.nextInt(4) > 0) {
                    listing.delete(jdbc, row);
                }
            }
        });
        List<Cursor> seen = new ArrayList<>();
        try {
            Slice<Cursor> page = new Slice<>(List.of(Cursor.START), true);
            while (page.hasNext()) {
                page = listing.page(page.rows().getLast(), 7);
                seen.addAll(page.rows());
            }
        } finally {
            done.set(true);
            writer.join();
        }

        assertThat(seen).doesNotHaveDuplicates().isSortedAccordingTo(NEWEST_FIRST).containsAll(staying);
    }

    private static Instant someTime(Random random, int microseconds) {
        return START.plus(random.nextInt(microseconds), ChronoUnit.MICROS);
    }

    private static UUID id(Random random) {
        return new UUID(random.nextLong(), random.nextLong());
    }

    /** One reader pages from end to end while rows come and go. */
    private record Run(ListingUnderTest listing, Random random, String seed, List<Cursor> there, List<Cursor> staying,
            List<Cursor> everThere) {

        Run(ListingUnderTest listing, Random random, String seed) {
            this(listing, random, seed, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }

        void check() {
            int rows = random.nextInt(30);
            for (int i = 0; i < rows; i++) {
                insert();
            }
            staying.addAll(there);

            List<Cursor> seen = readToTheEnd();

            assertThat(seen).as(seed).doesNotHaveDuplicates().isSortedAccordingTo(NEWEST_FIRST)
                    .containsAll(staying).isSubsetOf(everThere);
        }

        private List<Cursor> readToTheEnd() {
            var name = Listing.of(listing.toString());
            List<Cursor> seen = new ArrayList<>();
            Slice<Cursor> page = listing.page(Cursor.START, 1 + random.nextInt(6));
            seen.addAll(page.rows());
            int changes = 0;
            while (page.hasNext()) {
                Cursor after = SEALED.open(SEALED.seal(page.rows().getLast(), name), name);
                for (int i = random.nextInt(4); i > 0 && changes < CHANGES; i--, changes++) {
                    change(after);
                }
                page = listing.page(after, 1 + random.nextInt(6));
                seen.addAll(page.rows());
            }
            return seen;
        }

        private void change(Cursor lastSeen) {
            if (there.isEmpty() || random.nextBoolean()) {
                insert();
            } else if (random.nextInt(4) == 0) {
                delete(lastSeen);
            } else {
                delete(there.get(random.nextInt(there.size())));
            }
        }

        private void insert() {
            Cursor row = listing.insert(someTime(random, 4), id(random));
            there.add(row);
            everThere.add(row);
        }

        private void delete(Cursor row) {
            listing.delete(row);
            there.remove(row);
            staying.remove(row);
        }
    }
}
