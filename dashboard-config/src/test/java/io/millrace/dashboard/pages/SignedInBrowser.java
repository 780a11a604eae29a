package io.millrace.dashboard.pages;

import java.io.IOException;
import java.net.URI;

import io.millrace.dashboard.Chromium;
import io.millrace.dashboard.DashboardProcess;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** A real browser in which somebody has signed in. */
final class SignedInBrowser implements AutoCloseable {

    private final RunningDashboard dashboard;
    private final Chromium browser;

    SignedInBrowser(RunningDashboard dashboard, String name) throws Exception {
        var installed = Chromium.installed();
        assumeTrue(installed.isPresent(), "no chromium on the path: the pages were not looked at in a browser");
        this.dashboard = dashboard;
        this.browser = new Chromium(installed.get());
        browser.screen(1280, 900, false);
        show("/login");
        fill("username", name);
        fill("password", DashboardProcess.PASSWORD);
        browser.follow("main form button[type=submit]");
    }

    Chromium browser() {
        return browser;
    }

    void show(String path) {
        browser.show(dashboard.address(path));
    }

    void fill(String name, String value) {
        browser.evaluate("document.querySelector('main [name=\"" + name + "\"]').value = '" + value + "'");
    }

    String path() {
        return URI.create(browser.evaluate("location.href").asString()).getPath();
    }

    @Override
    public void close() throws IOException {
        browser.close();
    }
}
