package io.millrace.core.paging;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Page 10,000 of a million rows against page 1, in one run. Times are printed; what is asserted is what was touched. */
@Tag("long")
final class DeepPageTest {

    private static final int ROWS = 1_000_000;
    private static final int LIMIT = 20;
    private static final int PAGE = 10_000;
    private static final int CALLS = 500;
    /** An index level or a border between two index pages more. */
    private static final int TOLERANCE = 6;

    static Stream<ListingUnderTest> listings() {
        return ListingUnderTest.all();
    }

    @ParameterizedTest
    @MethodSource("listings")
    void costsWhatTheFirstPageCosts(ListingUnderTest listing) {
        listing.fill(ROWS);
        Cursor deep = Cursor.START;
        for (int page = 1; page < PAGE; page++) {
            deep = listing.page(deep, LIMIT).rows().getLast();
        }

        List<Duration> first = new ArrayList<>();
        List<Duration> last = new ArrayList<>();
        for (int call = 0; call < CALLS; call++) {
            first.add(time(listing, Cursor.START));
            last.add(time(listing, deep));
        }
        int firstBuffers = listing.plan(Cursor.START, LIMIT).buffers();
        int deepBuffers = listing.plan(deep, LIMIT).buffers();
        System.out.printf("%s, %,d rows: page 1 %d µs and %d buffers, page %,d %d µs and %d buffers%n", listing, ROWS,
                median(first).toNanos() / 1000, firstBuffers, PAGE, median(last).toNanos() / 1000, deepBuffers);

        assertThat(deepBuffers).isBetween(1, firstBuffers + TOLERANCE);
    }

    private static Duration time(ListingUnderTest listing, Cursor after) {
        long before = System.nanoTime();
        assertThat(listing.page(after, LIMIT).rows()).hasSize(LIMIT);
        return Duration.ofNanos(System.nanoTime() - before);
    }

    private static Duration median(List<Duration> times) {
        Collections.sort(times);
        return times.get(times.size() / 2);
    }
}
