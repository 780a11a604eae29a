package io.millrace.local.architecture;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.millrace.local.deployment.ProjectFiles;

import static org.assertj.core.api.Assertions.assertThat;

/** No class is longer than what a reader keeps in mind, tests included. */
class SourceLengthTest {

    private static final int MOST_LINES = 250;

    @Test
    void findsNothingInMillrace() throws IOException {
        assertThat(tooLong(ProjectFiles.root()))
                .as("split by role: what changes for another reason is another class; a test, by what it looks at")
                .isEmpty();
    }

    @Test
    void findsEachClassThatIsTooLongInMainAndTestCode(@TempDir Path root) throws IOException {
        write(root.resolve("core/src/main/java/Long.java"), MOST_LINES + 1);
        write(root.resolve("core/src/main/java/AsLongAsItMayBe.java"), MOST_LINES);
        write(root.resolve("jobs/src/test/java/a/LongTest.java"), 2 * MOST_LINES);
        write(root.resolve("jobs/src/test/resources/long.csv"), 2 * MOST_LINES);
        write(root.resolve("jobs/target/generated-sources/Generated.java"), 2 * MOST_LINES);

        assertThat(tooLong(root)).containsExactlyInAnyOrder("core/src/main/java/Long.java has 251 lines",
                "jobs/src/test/java/a/LongTest.java has 500 lines");
    }

    @Test
    void seesEveryModule() throws IOException {
        assertThat(sources(ProjectFiles.root())).map(file -> ProjectFiles.root().relativize(file).getName(0).toString())
                .contains("client", "jobs", "core", "api", "worker", "dashboard-config", "local", "testkit");
    }

    private static List<String> tooLong(Path root) throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : sources(root)) {
            int lines = Files.readAllLines(file).size();
            if (lines > MOST_LINES) {
                found.add(root.relativize(file) + " has " + lines + " lines");
            }
        }
        return found;
    }

    private static List<Path> sources(Path root) throws IOException {
        List<Path> sources = new ArrayList<>();
        try (DirectoryStream<Path> modules = Files.newDirectoryStream(root,
                folder -> Files.isDirectory(folder.resolve("src")))) {
            for (Path module : modules) {
                try (Stream<Path> files = Files.walk(module.resolve("src"))) {
                    files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
                }
            }
        }
        return sources;
    }

    private static void write(Path file, int lines) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "// a line\n".repeat(lines));
    }
}
