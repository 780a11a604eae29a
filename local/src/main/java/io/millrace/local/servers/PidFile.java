package io.millrace.local.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Finds a server that an earlier process left behind when it was killed. A process id may be somebody else's by now, so
 * a process counts only if the program it runs lies in the data folder.
 */
record PidFile(Path file, DataFolder folder) {

    /** The server, if it still runs. */
    Optional<ProcessHandle> running() throws IOException {
        return named().filter(process -> program(process).filter(this::isOurs).isPresent());
    }

    /** Deletes the file unless what it names runs, or runs something that cannot be told. */
    void deleteIfStale() throws IOException {
        if (named().isEmpty() || program(named().get()).filter(program -> !isOurs(program)).isPresent()) {
            Files.deleteIfExists(file);
        }
    }

    private Optional<ProcessHandle> named() throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (var lines = Files.lines(file)) {
            return lines.findFirst().map(String::strip).filter(line -> line.matches("\\d{1,18}")).map(Long::valueOf)
                    .flatMap(ProcessHandle::of).filter(ProcessHandle::isAlive);
        }
    }

    private static Optional<String> program(ProcessHandle process) {
        return process.info().command();
    }

    private boolean isOurs(String program) {
        return program.startsWith(folder.path() + "/");
    }
}
