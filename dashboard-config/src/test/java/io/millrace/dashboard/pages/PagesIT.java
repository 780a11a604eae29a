package io.millrace.dashboard.pages;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.millrace.jobs.EnqueueOptions;
import io.millrace.jobs.JobQueue;
import io.millrace.jobs.JobQueues;
import io.millrace.jobs.JobStatus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The pages in a real browser, used as people use them. */
class PagesIT {

    private static RunningDashboard dashboard;
    private static SignedInBrowser operator;

    @BeforeAll
    static void open() throws Exception {
        dashboard = RunningDashboard.shared();
        SamplePages.fill(dashboard);
        operator = new SignedInBrowser(dashboard, RunningDashboard.OPERATOR);
    }

    @AfterAll
    static void close() throws Exception {
        if (operator != null) {
            operator.close();
        }
    }

    @Test
    void pauseAndResumeAQueueByTheirButtons() {
        operator.show("/queues");
        operator.browser().follow("form[action$='/queues/files/pause'] button");
        assertThat(operator.browser().text()).contains("The queue files is paused");
        assertThat(dashboard.bean(JobQueues.class).paused()).contains("files");

        operator.browser().follow("form[action$='/queues/files/resume'] button");
        assertThat(operator.browser().text()).contains("The queue files goes on");
        assertThat(dashboard.bean(JobQueues.class).paused()).doesNotContain("files");
    }

    @Test
    void keepWhatTheyShowWhileNothingAnswersAndStopRefreshingWhereNobodyIs() {
        operator.show("/workers");
        operator.browser().evaluate("""
                                    window.asked = 0;
                                    window.fetch = async () => { window.asked++; return { ok: false }; };
                                    document.querySelector("#refresh input").click();
                                    """);
        // A page that had loaded itself again would count from nothing, and ask the server itself.
        await().atMost(Duration.ofSeconds(50)).untilAsserted(
                () -> assertThat(operator.browser().evaluate("window.asked").asInt()).isGreaterThanOrEqualTo(2));

        operator.browser().evaluate("const now = Date.now(); Date.now = () => now + 31 * 60_000");
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                operator.browser().evaluate("document.querySelector('#refresh input').checked").asBoolean()).isFalse());
    }

    @Test
    void searchAndPutBackWhatWasPreviewed() {
        var id = dashboard.until(JobStatus.State.FAILED, new BreakDown("the browser saw it"),
                EnqueueOptions.DEFAULTS.withQueue("looked-at"));
        dashboard.bean(JobQueues.class).pause("looked-at");

        operator.show("/search");
        operator.browser().evaluate("document.querySelector('main [name=state]').value = 'FAILED'");
        operator.fill("queue", "looked-at");
        operator.fill("error", "THE BROWSER");
        operator.browser().follow("main form[role=search] button");
        assertThat(operator.browser().text()).contains(id.toString(), "IllegalStateException: the browser saw it");

        operator.browser().follow("a[href*='/search/retry']");
        assertThat(operator.browser().text()).contains("1 job fits", "Put them back: 1 job");
        operator.browser().follow("form.confirm button");
        assertThat(operator.browser().text()).contains("1 job was put back into their queues.");
        assertThat(dashboard.bean(JobQueue.class).find(id).map(JobStatus::state))
                .contains(JobStatus.State.ENQUEUED);

        operator.show("/search?label=none&from=soon");
        assertThat(operator.browser().text()).contains("from must be a date and a time in UTC");
    }

    @Test
    void drawChartsThatSayInWordsWhatTheyShow() {
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            operator.show("/job-types/break-down");
            assertThat(operator.browser()
                    .evaluate("""
                              [...document.querySelectorAll('svg.chart')].filter(svg =>
                                  svg.getBoundingClientRect().height > 100
                                  && document.getElementById(svg.getAttribute('aria-labelledby').split(' ')[1])
                                      .textContent.startsWith('From 20')).length
                              """).asInt()).isGreaterThanOrEqualTo(3);
        });
        assertThat(operator.browser().evaluate(
                "getComputedStyle(document.querySelector('svg rect.failed')).fill").asString())
                .as("the style sheet gives it its colour").isNotEqualTo("rgb(0, 0, 0)");
    }

    @Test
    void askNobodyElseForAnythingAndFitNarrowScreens() {
        for (var page : SamplePages.paths(dashboard)) {
            operator.show(page);
            for (int width : new int[]{390, 768, 1024, 1280}) {
                operator.browser().screen(width, 900, false);
                assertThat(operator.browser().evaluate("document.documentElement.scrollWidth").asInt())
                        .as(page + " at " + width).isLessThanOrEqualTo(width);
            }
        }
        assertThat(operator.browser().requestsSent()).isNotEmpty().allSatisfy(
                address -> assertThat(address).startsWith(dashboard.address("/").toString()));
        assertThat(operator.browser().requestsRefused()).isEmpty();
        operator.browser().screen(1280, 900, false);
    }

    @Test
    void areReachedByKeyboardFromTheFirstTab() {
        operator.show("/queues");

        assertThat(operator.browser()
                .evaluate("""
                          (() => { const first = document.querySelector('a, button, input'); first.focus();
                              const box = first.getBoundingClientRect();
                              return first.getAttribute('href') + ' ' + (box.top >= 0 && box.height > 10); })()
                          """).asString()).isEqualTo("#content true");
        assertThat(operator.browser().evaluate("document.querySelectorAll('main#content h1').length").asInt())
                .isEqualTo(1);
    }

    @Test
    void haveNothingSeriousThatAxeFindsInLightAndDark() throws Exception {
        var axe = axe();
        for (var page : SamplePages.paths(dashboard)) {
            for (boolean dark : new boolean[]{false, true}) {
                operator.browser().screen(dark ? 390 : 1280, 900, dark);
                operator.show(page);
                operator.browser().evaluate(axe);
                var found = operator.browser()
                        .evaluate("""
                                  document.querySelectorAll('details').forEach(one => one.open = true);
                                  axe.run({resultTypes: ['violations']}).then(result => result.violations
                                      .filter(one => one.impact === 'serious' || one.impact === 'critical')
                                      .map(one => one.id + ': ' + one.nodes.map(node => node.html).join(' | ')))
                                  """);
                assertThat(found.isArray()).as("axe has looked at " + page).isTrue();
                assertThat(found.valueStream().map(one -> one.asString())).as(page + (dark ? " dark" : " light"))
                        .isEmpty();
            }
        }
        operator.browser().screen(1280, 900, false);
    }

    private static String axe() throws Exception {
        try (var script = Objects.requireNonNull(PagesIT.class.getClassLoader().getResourceAsStream("axe.min.js"),
                "axe-core is among the test dependencies")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
