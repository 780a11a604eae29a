package io.millrace.api.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** docs/problems.md has every kind of problem that the API's source has. */
final class ProblemsPageTest {

    private static final Pattern ROW = Pattern.compile("\\| `/problems/([a-z-]+)` \\| \\d{3} \\|");
    /** The kind stands first, or behind the status. */
    private static final Pattern GIVEN = Pattern.compile(
            "(?:\\b(?:forbidden|conflict|tooMany|unprocessable)\\(|HttpStatus\\.\\w+,)\\s*\"([a-z-]+)\"");

    @Test
    void hasEveryKind() throws IOException {
        Set<String> kinds = new TreeSet<>();
        for (Problem problem : Problem.values()) {
            String type = String.valueOf(problem.detail("").getType());
            kinds.add(type.substring("/problems/".length()));
        }
        try (var files = Files.walk(Path.of("src/main/java"))) {
            for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
                GIVEN.matcher(Files.readString(file)).results().forEach(found -> kinds.add(found.group(1)));
            }
        }
        assertThat(kinds).contains("job-not-allowed", "rate-limited", "payload-too-large", "job-ended", "overloaded");

        String page = Files.readString(Path.of("../docs/problems.md"));

        assertThat(ROW.matcher(page).results().map(row -> row.group(1)).collect(Collectors.toSet()))
                .containsAll(kinds);
    }
}
