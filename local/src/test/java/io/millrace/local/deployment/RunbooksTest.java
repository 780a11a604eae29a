package io.millrace.local.deployment;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RunbooksTest {

    private static final String PAGE = "docs/operations.md#";

    @Test
    void areThereForEveryAlert() throws IOException {
        var headings = ProjectFiles.read("docs/operations.md").lines().filter(line -> line.startsWith("#"))
                .map(RunbooksTest::anchor).toList();
        var alerts = ProjectFiles.readYaml("monitoring/alerts.yml", Rules.class).groups().stream()
                .flatMap(group -> group.rules().stream()).toList();

        assertThat(alerts).hasSizeGreaterThan(10).allSatisfy(alert -> {
            assertThat(alert.labels()).as(alert.alert()).containsKey("severity");
            String runbook = alert.annotations().getOrDefault("runbook_url", "none");
            assertThat(runbook).as(alert.alert()).startsWith(PAGE);
            assertThat(headings).contains(runbook.substring(PAGE.length()));
        });
    }

    /** As the usual renderers of Markdown make it from a heading. */
    private static String anchor(String heading) {
        return heading.replaceFirst("^#+ ", "").toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 -]", "").replace(' ',
                '-');
    }

    private record Rules(List<Group> groups) {
    }

    private record Group(String name, List<Rule> rules) {
    }

    private record Rule(String alert, String expr, Map<String, String> labels, Map<String, String> annotations) {
    }
}
