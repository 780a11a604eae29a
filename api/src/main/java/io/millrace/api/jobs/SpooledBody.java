package io.millrace.api.jobs;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A request's body in a file: whoever sends it slowly holds neither memory nor a place among those that are queued meanwhile. */
final class SpooledBody implements AutoCloseable {

    private final Path file;
    private final Runnable whenGone;

    SpooledBody(Path file, Runnable whenGone) {
        this.file = file;
        this.whenGone = whenGone;
    }

    InputStream read() throws IOException {
        return new BufferedInputStream(Files.newInputStream(file), 64 * 1024);
    }

    @Override
    public void close() throws IOException {
        try {
            Files.deleteIfExists(file);
        } finally {
            whenGone.run();
        }
    }
}
