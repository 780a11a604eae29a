package io.millrace.api.docs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.millrace.api.ApiUnderTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** The page in a real browser, in which no name resolves and the policy of the page holds. */
final class DocsPageIT {

    @Test
    void showsTheOperationsWithoutARequestToAnybodyElse(@TempDir Path folder) throws Exception {
        Optional<Path> chromium = installed();
        assumeTrue(chromium.isPresent(), "no chromium on the path: the page was not looked at in a browser");

        try (var api = ApiUnderTest.start("millrace.api.open=false", "millrace.api.keys=a-key-of-this-test")) {
            Path log = folder.resolve("log");
            String page = render(chromium.get(), "http://127.0.0.1:" + api.port() + "/docs", folder, log);

            assertThat(page).contains("Registers a user", "Queues a job", "Exports all users", "authorize");
            assertThat(Files.readString(log, StandardCharsets.UTF_8)).doesNotContain("Content Security Policy",
                    "ERR_NAME_NOT_RESOLVED", "Uncaught");
        }
    }

    private static String render(Path chromium, String address, Path folder, Path log)
            throws IOException, InterruptedException {
        Path page = folder.resolve("page");
        Process browser = new ProcessBuilder(chromium.toString(), "--headless", "--no-sandbox", "--disable-gpu",
                "--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update",
                "--disable-sync", "--no-first-run", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
                "--user-data-dir=" + folder.resolve("profile"), "--enable-logging=stderr",
                "--virtual-time-budget=60000", "--dump-dom", address).redirectOutput(page.toFile())
                .redirectError(log.toFile()).start();
        try {
            assertThat(browser.waitFor(120, TimeUnit.SECONDS)).as("the browser is done").isTrue();
            return Files.readString(page, StandardCharsets.UTF_8);
        } finally {
            browser.descendants().forEach(ProcessHandle::destroyForcibly);
            browser.destroyForcibly();
        }
    }

    private static Optional<Path> installed() {
        return Stream.of(System.getenv("PATH").split(":", -1))
                .flatMap(folder -> Stream.of("chromium", "chromium-browser", "google-chrome")
                        .map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable).findFirst();
    }
}
