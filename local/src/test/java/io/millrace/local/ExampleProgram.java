package io.millrace.local;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Assumptions;

import io.millrace.local.deployment.ProjectFiles;

import static org.assertj.core.api.Assertions.assertThat;

/** Runs an example as its reader would. Where its language is not installed, the test is skipped and says so. */
final class ExampleProgram {

    private ExampleProgram() {
    }

    /** What it prints, once it has ended well. */
    static String run(List<String> command, String folder, Map<String, String> variables) throws Exception {
        assumeInstalled(command.getFirst());
        var builder = new ProcessBuilder(command).directory(ProjectFiles.root().resolve(folder).toFile())
                .redirectErrorStream(true);
        builder.environment().putAll(Map.of("PYTHONDONTWRITEBYTECODE", "1", "PYTHONIOENCODING", "utf-8"));
        builder.environment().putAll(variables);
        var process = builder.start();
        try (var output = process.getInputStream()) {
            var text = new String(output.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(text).isZero();
            return text;
        }
    }

    static void assumeInstalled(String program) {
        boolean isThere = Files.isExecutable(Path.of(program))
                || Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
        Assumptions.assumeTrue(isThere, program + " is not installed, so its example is not run");
    }
}
