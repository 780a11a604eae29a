package io.millrace.local.servers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.zonky.test.db.postgres.util.LinuxUtils;

/** Runs a program to its end. */
record Command(int exitCode, String output) {

    static Command run(List<String> words) throws IOException {
        var builder = new ProcessBuilder(words).redirectErrorStream(true);
        // Settings of the person's own Postgres would reach ours; messages are read, so they stay in one language.
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.environment().put("LC_ALL", "C");
        var process = builder.start();
        process.getOutputStream().close();
        try (var output = process.getInputStream()) {
            var text = new String(output.readAllBytes(), StandardCharsets.UTF_8).strip();
            return new Command(process.waitFor(), text);
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while running " + words.getFirst(), e);
        }
    }

    /** Postgres refuses to run as root; in a user namespace of its own, root is somebody else. */
    static Command runUnprivileged(List<String> words) throws IOException {
        if (!LinuxUtils.isUnshareAvailable()) {
            return run(words);
        }
        var wrapped = new ArrayList<>(List.of("unshare", "-U"));
        wrapped.addAll(words);
        return run(wrapped);
    }

    boolean succeeded() {
        return exitCode == 0;
    }

    /** The line that says most of a failure. */
    String lastLine() {
        return output.lines().filter(line -> !line.isBlank()).reduce((first, last) -> last)
                .orElse("exit code " + exitCode);
    }
}
