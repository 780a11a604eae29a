package io.millrace.dashboard.pages;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.millrace.jobs.JobPage;

/** Where a page of a search begins, as it stands in the page's address. */
final class SearchPlace {

    private SearchPlace() {
    }

    static @Nullable String text(JobPage.@Nullable Place place) {
        return place == null ? null : place.createdAt() + "_" + place.id();
    }

    /** Null where the address names none. */
    static JobPage.@Nullable Place of(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        int between = text.indexOf('_');
        try {
            return new JobPage.Place(Instant.parse(text.substring(0, Math.max(0, between))),
                    UUID.fromString(text.substring(between + 1)));
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new BadInput("after", "is not a place in this search; begin at its first page");
        }
    }
}
