package io.millrace.dashboard.pages;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.millrace.jobs.FailedJobs;
import io.millrace.jobs.JobFilter;
import io.millrace.jobs.JobPage;
import io.millrace.jobs.JobStatus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SearchInputTest {

    @Test
    void readsEachField() {
        var input = SearchInput
                .of(Map.of("state", "failed", "type", " send-email ", "queue", "mail", "label", "user:42",
                        "key", "k-1", "error", "refused", "from", "2026-11-26 16:05", "before", "2026-11-27"));

        assertThat(input.filter()).isEqualTo(JobFilter.ALL.withState(JobStatus.State.FAILED).withType("send-email")
                .withQueue("mail").withLabel("user:42").withKey("k-1").withError("refused")
                .withCreatedFrom(Instant.parse("2026-11-26T16:05:00Z"))
                .withCreatedBefore(Instant.parse("2026-11-27T00:00:00Z")));
        assertThat(input.failed()).isEqualTo(FailedJobs.ALL.withType("send-email").withQueue("mail")
                .withLabel("user:42").withError("refused").withFailedFrom(Instant.parse("2026-11-26T16:05:00Z"))
                .withFailedBefore(Instant.parse("2026-11-27T00:00:00Z")));
        assertThat(SearchInput.of(input.given())).isEqualTo(input);
    }

    @Test
    void takesBlanksForNothing() {
        var input = SearchInput.of(Map.of("state", "", "type", "  ", "other", "x"));

        assertThat(input.filter()).isEqualTo(JobFilter.ALL);
        assertThat(input.job()).isNull();
        assertThat(input.given()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"state, DONE, must be one of SCHEDULED", "from, yesterday, must be a date and a time in UTC",
            "from, 2026-02-30, must be a date and a time in UTC", "before, 2026-11-26T25:00, must be a date and a time",
            "from, 1970-01-01, must be after the year 2000",
            "label, 1234567890123456789012345678901234567890123456, no longer than 45"})
    void namesTheFieldThatCannotBeMeantAndTheRemedy(String field, String value, String remedy) {
        assertThatExceptionOfType(BadInput.class).isThrownBy(() -> SearchInput.of(Map.of(field, value)).filter())
                .satisfies(bad -> {
                    assertThat(bad.field()).isEqualTo(field);
                    assertThat(bad.remedy()).contains(remedy);
                });
    }

    @Test
    void refusesAnEndBeforeTheBeginningAndCharactersThatNothingHolds() {
        assertThatExceptionOfType(BadInput.class)
                .isThrownBy(() -> SearchInput.of(Map.of("from", "2026-11-26", "before", "2026-11-26")).filter())
                .satisfies(bad -> assertThat(bad.field()).isEqualTo("before"));
        for (var broken : new String[]{"a\0b", "a\ud800b"}) {
            assertThatExceptionOfType(BadInput.class).isThrownBy(() -> SearchInput.of(Map.of("key", broken)).filter())
                    .satisfies(bad -> assertThat(bad.field()).isEqualTo("key"));
        }
    }

    @Test
    void readsOneJobsId() {
        var id = UUID.randomUUID();

        assertThat(SearchInput.of(Map.of("id", " " + id)).job()).isEqualTo(id);
        for (var broken : new String[]{"42", "1-1-1-1-1", id + "0"}) {
            assertThatExceptionOfType(BadInput.class).isThrownBy(() -> SearchInput.of(Map.of("id", broken)).job())
                    .satisfies(bad -> assertThat(bad.field()).isEqualTo("id"));
        }
    }

    @Test
    void findsThePlaceOfAPageAgain() {
        var place = new JobPage.Place(Instant.parse("2026-11-26T16:05:00.123456Z"), UUID.randomUUID());

        assertThat(SearchPlace.of(SearchPlace.text(place))).isEqualTo(place);
        assertThat(SearchPlace.of(null)).isNull();
        assertThat(SearchPlace.text(null)).isNull();
        for (var broken : new String[]{"x", "_", "2026-11-26T16:05:00Z", "2026-11-26T16:05:00Z_42"}) {
            assertThatExceptionOfType(BadInput.class).isThrownBy(() -> SearchPlace.of(broken))
                    .satisfies(bad -> assertThat(bad.field()).isEqualTo("after"));
        }
    }

    @Test
    void offersForManyJobsWhatFitsTheirState() {
        var failed = SearchInput.of(Map.of("state", "FAILED", "type", "a b&c", "error", "no", "from", "2026-11-26"));
        var waiting = SearchInput.of(Map.of("state", "ENQUEUED", "key", "k 1"));

        assertThat(BulkAction.offered(failed)).extracting(BulkAction.Offer::address).containsExactly(
                "/search/retry?type=a%20b%26c&error=no", "/search/delete?type=a%20b%26c&error=no");
        assertThat(BulkAction.offered(waiting)).extracting(BulkAction.Offer::address)
                .containsExactly("/search/cancel?state=ENQUEUED&key=k%201");
        assertThat(BulkAction.offered(SearchInput.of(Map.of()))).isEmpty();
    }
}
