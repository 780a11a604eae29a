package io.millrace.core.paging;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.millrace.core.Plan;

import static org.assertj.core.api.Assertions.assertThat;

/** What a page costs does not depend on how deep it lies: Postgres goes to its first row and reads on from there. */
final class PagePlanTest {

    private static final int ROWS = 20_000;
    private static final int LIMIT = 50;
    /** An index page or two more, where the rows happen to lie across their borders. */
    private static final int TOLERANCE = 6;
    private static final List<ListingUnderTest> LISTINGS = ListingUnderTest.all().toList();

    static Stream<ListingUnderTest> listings() {
        return LISTINGS.stream();
    }

    @ParameterizedTest
    @MethodSource("listings")
    void readsTheRowsOfAPageFromTheIndexAndNoOthers(ListingUnderTest listing) {
        listing.fill(ROWS);

        for (Cursor after : List.of(Cursor.START, deep(listing))) {
            Plan page = listing.plan(after, LIMIT);

            assertThat(page.type()).isEqualTo("Limit");
            assertThat(page.source().type()).isEqualTo("Index Scan");
            assertThat(page.source().index()).isEqualTo(listing.index());
            assertThat(page.source().direction()).isEqualTo("Backward");
            assertThat(page.source().rows()).isEqualTo(LIMIT + 1);
            assertThat(page.source().rowsRemoved()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("listings")
    void touchesNoMorePagesDeepDownThanOnTop(ListingUnderTest listing) {
        listing.fill(ROWS);

        int first = listing.plan(Cursor.START, LIMIT).buffers();
        int deep = listing.plan(deep(listing), LIMIT).buffers();

        assertThat(deep).isBetween(1, first + TOLERANCE);
    }

    @ParameterizedTest
    @MethodSource("listings")
    void doesSoWithAPlanForAnyParametersToo(ListingUnderTest listing) {
        listing.fill(ROWS);

        Plan page = listing.genericPlan();

        assertThat(page.type()).isEqualTo("Limit");
        assertThat(page.source().index()).isEqualTo(listing.index());
        assertThat(page.scansOf(listing.table())).extracting(Plan::index).containsExactly(listing.index());
    }

    /** The last row of a page near the end. */
    private static Cursor deep(ListingUnderTest listing) {
        Slice<Cursor> page = listing.page(Cursor.START, LIMIT);
        for (int i = 0; i < ROWS / LIMIT / 2 - 5; i++) {
            page = listing.page(page.rows().getLast(), LIMIT);
        }
        return page.rows().getLast();
    }
}
