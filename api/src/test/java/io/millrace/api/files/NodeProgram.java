package io.millrace.api.files;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Assumptions;

import static org.assertj.core.api.Assertions.assertThat;

/** A program for Node with the packages of its lock file. Where these cannot be had, the test is skipped and says so. */
record NodeProgram(Path folder) {

    private static final Path SOURCE = Path.of("src/test/tus-client");

    /** Copied to {@code folder}, where its packages are installed. */
    static NodeProgram installed(Path folder) throws Exception {
        assumeInstalled("node");
        assumeInstalled("npm");
        try (var files = Files.newDirectoryStream(SOURCE)) {
            for (Path file : files) {
                Files.copy(file, folder.resolve(file.getFileName()));
            }
        }
        var installation = start(folder, List.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"));
        String said = said(installation);
        Assumptions.assumeTrue(installation.waitFor() == 0, "npm cannot install the tus client: " + said);
        return new NodeProgram(folder);
    }

    /** What it prints, once it has ended well. */
    String run(String program, String... arguments) throws Exception {
        var command = new ArrayList<>(List.of("node", program));
        command.addAll(Arrays.asList(arguments));
        var process = start(folder, command);
        String said = said(process);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    private static Process start(Path folder, List<String> command) throws IOException {
        return new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    }

    private static String said(Process process) throws IOException {
        try (var output = process.getInputStream()) {
            return new String(output.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void assumeInstalled(String program) {
        boolean isThere = Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
                .anyMatch(path -> Files.isExecutable(Path.of(path, program)));
        Assumptions.assumeTrue(isThere, program + " is not installed, so the tus client is not run");
    }
}
