package io.millrace.dashboard.pages;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Pictures of each page into target/screenshots, to be looked at by people. */
@Tag("screenshots")
class ScreenshotsIT {

    @Test
    void takesPicturesOfEachPageWideAndNarrowLightAndDark() throws Exception {
        var folder = Files.createDirectories(Path.of("target", "screenshots"));
        var dashboard = RunningDashboard.shared();
        SamplePages.fill(dashboard);
        try (var operator = new SignedInBrowser(dashboard, RunningDashboard.OPERATOR)) {
            for (var page : SamplePages.named(dashboard).entrySet()) {
                for (int width : new int[]{390, 1280}) {
                    for (boolean dark : new boolean[]{false, true}) {
                        operator.browser().screen(width, 800, dark);
                        operator.show(page.getValue());
                        var picture = folder
                                .resolve(page.getKey() + "-" + width + (dark ? "-dark" : "-light") + ".png");
                        Files.write(picture, operator.browser().picture());
                    }
                }
            }
        }
        assertThat(folder).isDirectoryContaining("glob:**queues-390-dark.png");
    }
}
