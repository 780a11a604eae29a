package io.millrace.api.jobs;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import jakarta.servlet.http.HttpServletRequest;

import io.millrace.api.http.ProblemException;

/** A request's body in a file: whoever sends it slowly holds nothing else meanwhile. */
final class SpooledBody implements AutoCloseable {

    private final Path file;

    private SpooledBody(Path file) {
        this.file = file;
    }

    /**
     * All of it.
     *
     * @throws ProblemException
     *             413 if it is longer than {@code limit}
     */
    static SpooledBody of(HttpServletRequest request, long limit) throws IOException {
        long announced = request.getContentLengthLong();
        if (announced > limit) {
            throw tooLarge(limit);
        }
        var body = new SpooledBody(Files.createTempFile("millrace-bulk-", ".json"));
        try {
            body.receive(request.getInputStream(), announced, limit);
            return body;
        } catch (IOException | RuntimeException e) {
            body.close();
            throw e;
        }
    }

    private void receive(InputStream from, long announced, long limit) throws IOException {
        long count = 0;
        try (var to = Files.newOutputStream(file)) {
            var buffer = new byte[16 * 1024];
            for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
                count += read;
                if (count > limit) {
                    throw tooLarge(limit);
                }
                to.write(buffer, 0, read);
            }
        }
        if (count < announced) {
            throw new EOFException("the body ended after " + count + " of " + announced + " bytes");
        }
    }

    InputStream read() throws IOException {
        return new BufferedInputStream(Files.newInputStream(file), 64 * 1024);
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
    }

    private static ProblemException tooLarge(long limit) {
        return ProblemException.tooLarge("The body may have at most " + limit + " bytes.");
    }
}
