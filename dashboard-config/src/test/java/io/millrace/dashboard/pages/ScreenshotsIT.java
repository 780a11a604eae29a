package io.millrace.dashboard.pages;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.millrace.testkit.KillablePostgres;
import io.millrace.testkit.TestPostgres;

import static org.assertj.core.api.Assertions.assertThat;

/** Pictures of each page into target/screenshots, to be looked at by people. */
@Tag("screenshots")
class ScreenshotsIT {

    private static Path folder;

    @BeforeAll
    static void makeFolder() throws Exception {
        folder = Files.createDirectories(Path.of("target", "screenshots"));
    }

    @Test
    void takesPicturesOfEachPageWideAndNarrowLightAndDark() throws Exception {
        var dashboard = RunningDashboard.shared();
        SamplePages.fill(dashboard);
        dashboard.enqueue(new BreakDown("a word without end: " + "x".repeat(400)));
        try (var operator = new SignedInBrowser(dashboard, RunningDashboard.OPERATOR)) {
            operator.show("/search/retry?queue=repairs&label=tenant:5");
            operator.browser().follow("form.confirm button");
            take(operator, "bulk-done");
            operator.show("/schedules");
            operator.browser().follow("form[action$='/nightly-report/run'] button");
            take(operator, "schedule-run");
            try (var viewer = new SignedInBrowser(dashboard, RunningDashboard.VIEWER)) {
                viewer.show("/queues");
                take(viewer, "viewer-queues");
                pressWhatIsNotThere(viewer);
                take(viewer, "forbidden");
            }
            for (var page : SamplePages.named(dashboard).entrySet()) {
                takeOf(operator, page.getKey(), page.getValue());
            }
            operator.show("/queues");
            operator.browser().evaluate("document.querySelector('details').open = true");
            take(operator, "queues-explained");
            operator.show("/job-types/break-down");
            operator.browser().evaluate("document.querySelectorAll('details').forEach(one => one.open = true)");
            take(operator, "job-type-tables");
            operator.browser().follow("form.leave button");
            take(operator, "login-out");
            takeOf(operator, "login", "/login");
            takeOf(operator, "login-failed", "/login?failed");
            takeOf(operator, "login-wait", "/login?wait=8");
        }
        assertThat(folder).isDirectoryContaining("glob:**queues-390-dark.png");
    }

    @Test
    void takesPicturesOfAPlatformThatHasDoneNothingYet() throws Exception {
        var dashboard = RunningDashboard.on(TestPostgres.newDatabase(), "--millrace.jobs.worker.enabled=false");
        try (var operator = new SignedInBrowser(dashboard, RunningDashboard.OPERATOR)) {
            for (var page : Map.of("queues", "/queues", "job-types", "/job-types", "search", "/search", "workers",
                    "/workers", "schedules", "/schedules", "mail-and-files", "/mail-and-files", "audit", "/audit")
                    .entrySet()) {
                takeOf(operator, "empty-" + page.getKey(), page.getValue());
            }
        } finally {
            dashboard.close();
        }
        assertThat(folder).isDirectoryContaining("glob:**empty-audit-390-dark.png");
    }

    @Test
    void takesPicturesOfAPlatformWithoutItsDatabase() throws Exception {
        try (var postgres = new KillablePostgres()) {
            var dashboard = RunningDashboard.on(postgres.url(), "--millrace.jobs.worker.enabled=false");
            try (var operator = new SignedInBrowser(dashboard, RunningDashboard.OPERATOR)) {
                postgres.kill();
                operator.show("/queues");
                take(operator, "unavailable");
            } finally {
                dashboard.close();
            }
        }
        assertThat(folder).isDirectoryContaining("glob:**unavailable-390-dark.png");
    }

    /** A viewer has no such button; somebody who makes one sees this. */
    private static void pressWhatIsNotThere(SignedInBrowser viewer) {
        viewer.browser().evaluate("""
                                  const leave = document.querySelector('form.leave');
                                  leave.action = '/queues/mail/pause';
                                  """);
        viewer.browser().follow("form.leave button");
    }

    private static void takeOf(SignedInBrowser browser, String name, String path) throws Exception {
        browser.show(path);
        take(browser, name);
    }

    /** Of what it shows now. */
    private static void take(SignedInBrowser browser, String name) throws Exception {
        for (int width : new int[]{390, 1280}) {
            for (boolean dark : new boolean[]{false, true}) {
                browser.browser().screen(width, 800, dark);
                browser.browser()
                        .evaluate("Promise.all(document.getAnimations().map(one => one.finished)).then(() => 1)");
                Files.write(folder.resolve(name + "-" + width + (dark ? "-dark" : "-light") + ".png"),
                        browser.browser().picture());
            }
        }
    }
}
