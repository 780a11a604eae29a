package io.millrace.dashboard.pages;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.millrace.jobs.EnqueueOptions;
import io.millrace.jobs.JobQueue;
import io.millrace.jobs.JobStatus;
import io.millrace.jobs.NewJob;

import static org.assertj.core.api.Assertions.assertThat;

class SearchPageTest {

    private static final Pattern ID = Pattern.compile("<code class=\"id\">([^<]+)</code>");
    private static final Pattern NEXT = Pattern.compile("rel=\"next\" href=\"([^\"]+)\"");

    private final RunningDashboard dashboard = RunningDashboard.shared();
    private final Person viewer = dashboard.viewer();

    @Test
    void findsAJobByEachOfItsProperties() {
        var id = dashboard.until(JobStatus.State.FAILED, new BreakDown("the gasket of pump 7 is gone"),
                EnqueueOptions.DEFAULTS.withLabels(List.of("pump:7")).withQueue("pumps"));

        for (var query : List.of("type=break-down&queue=pumps", "state=FAILED&queue=pumps", "label=pump%3A7",
                "error=GASKET+of&queue=pumps", "queue=pumps&from=2000-01-01&before=9000-01-01")) {
            assertThat(ids(viewer.page("/search?" + query))).as(query).containsExactly(id.toString());
        }
        assertThat(Html.row(viewer.page("/search?label=pump%3A7"), id.toString())).contains("FAILED", "break-down",
                "pumps", "1 of 1", "IllegalStateException: the gasket of pump 7 is gone", "pump:7", " ms");
        for (var query : List.of("type=count-words&queue=pumps", "label=pump%3A8", "error=engine&queue=pumps",
                "queue=pumps&before=2001-01-01")) {
            assertThat(Html.text(viewer.page("/search?" + query))).as(query).contains("No job fits.");
        }
    }

    @Test
    void findsAJobByItsKeyAndByItsId() {
        var id = dashboard.until(JobStatus.State.SUCCEEDED, new CountWords("a"),
                EnqueueOptions.DEFAULTS.withConcurrencyLimit("tenant-42", 2));

        assertThat(ids(viewer.page("/search?key=tenant-42"))).containsExactly(id.toString());
        assertThat(viewer.get("/search?id=" + id).uri().getPath()).isEqualTo("/jobs/" + id);
    }

    @Test
    void turnsPagesWithoutLosingOrRepeatingAJob() {
        var options = EnqueueOptions.DEFAULTS.withQueue("paged").withLabels(List.of("paged"));
        var all = dashboard.bean(JobQueue.class).enqueueAllWith(IntStream.range(0, 120)
                .mapToObj(number -> new NewJob(new CountWords("word " + number), options)));

        var seen = new ArrayList<String>();
        var address = "/search?label=paged";
        while (address != null) {
            var page = viewer.page(address);
            seen.addAll(ids(page));
            var next = NEXT.matcher(page);
            address = next.find() ? next.group(1).replace("&amp;", "&") : null;
        }
        assertThat(seen).containsExactlyInAnyOrderElementsOf(all.stream().map(UUID::toString).toList());
    }

    @ParameterizedTest
    @CsvSource({"state=DONE, state must be one of", "from=soon, from must be a date and a time in UTC",
            "from=2026-11-27&before=2026-11-26, before must be later than the beginning",
            "id=42, id must be a job's whole id", "after=x, after is not a place in this search"})
    void saysWhichFieldCannotBeMeantAndKeepsWhatWasTyped(String query, String sentence) {
        var answer = viewer.get("/search?label=kept&" + query);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Html.text(answer.body())).contains(sentence);
        assertThat(answer.body()).contains("value=\"kept\"", "role=\"alert\"");
    }

    @Test
    void showsMarkupOfJobsAsText() {
        var id = dashboard.until(JobStatus.State.FAILED, new BreakDown("<script>alert(1)</script>"),
                EnqueueOptions.DEFAULTS.withEnqueuedBy("<img src=x onerror=alert(2)>"));

        for (var path : List.of("/search?error=%3Cscript%3Ealert(1)", "/jobs/" + id,
                "/search?label=%22%3E%3Cscript%3Ealert(3)%3C/script%3E", "/search/retry?error=%3Cscript%3Ealert(1)",
                "/job-types/%3Cscript%3Ealert(4)%3C%2Fscript%3E", "/jobs/%3Cscript%3Ealert(5)")) {
            assertThat(viewer.get(path).body()).as(path).doesNotContain("<script>alert", "<img src=x");
        }
        assertThat(Html.text(viewer.page("/jobs/" + id))).contains("<script>alert(1)</script>",
                "<img src=x onerror=alert(2)>", "looking at the <engine>");
    }

    private static List<String> ids(String page) {
        return ID.matcher(page).results().map(found -> found.group(1)).toList();
    }
}
