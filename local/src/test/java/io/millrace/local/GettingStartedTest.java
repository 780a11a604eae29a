package io.millrace.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import io.millrace.local.deployment.ProjectFiles;

import static org.assertj.core.api.Assertions.assertThat;

/** What the page shows is what {@link ExamplesIT} runs. */
class GettingStartedTest {

    private static final Pattern QUOTE = Pattern.compile("<!-- (docs/examples/\\S+) -->\n```\\w+\n(.*?)```\n",
            Pattern.DOTALL);
    private static final Pattern COMMAND = Pattern.compile("(?:bash|python3|node) docs/examples/[\\w./-]+");
    private static final Pattern LINK = Pattern.compile("\\]\\((?!http|#)([^)#]+)[^)]*\\)");

    @Test
    void quotesItsExamplesAsTheyAre() throws IOException {
        var quotes = QUOTE.matcher(page()).results().toList();

        assertThat(quotes).hasSizeGreaterThanOrEqualTo(5).allSatisfy(quote -> assertThat(
                Files.readString(ProjectFiles.root().resolve(quote.group(1))))
                .as("docs/getting-started.md must show a part of %s as it is", quote.group(1))
                .contains(quote.group(2)));
    }

    @Test
    void leadsToFilesThatAreThere() throws IOException {
        var docs = ProjectFiles.root().resolve("docs");

        assertThat(LINK.matcher(page()).results().map(link -> docs.resolve(link.group(1)))).hasSizeGreaterThan(5)
                .allMatch(Files::exists);
    }

    @Test
    void hasACommandForEachExample() throws IOException {
        try (var files = Files.walk(ProjectFiles.root().resolve("docs/examples"))) {
            var examples = files.filter(file -> file.toString().matches(".*\\.(sh|py|mjs)"))
                    .map(file -> ProjectFiles.root().relativize(file).toString()).toList();

            assertThat(commands().stream().map(command -> command.substring(command.indexOf(' ') + 1)))
                    .containsExactlyInAnyOrderElementsOf(examples);
        }
    }

    /** Those that run an example, as a reader would paste them. */
    static List<String> commands() throws IOException {
        return COMMAND.matcher(page()).results().map(command -> command.group()).toList();
    }

    private static String page() throws IOException {
        return Files.readString(Path.of(ProjectFiles.root().toString(), "docs", "getting-started.md"));
    }
}
