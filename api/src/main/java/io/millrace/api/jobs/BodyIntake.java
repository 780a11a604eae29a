package io.millrace.api.jobs;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;

import org.springframework.http.HttpStatus;

import io.millrace.api.http.FieldError;
import io.millrace.api.http.ProblemException;

/**
 * Takes a body in: all of it or an exception.
 *
 * @param limit
 *            the most bytes it may have
 * @param longest
 *            how long it may take. Looked at whenever something comes; a client that sends nothing is cut off by the connector
 */
record BodyIntake(long limit, Duration longest) {

    private static final int BUFFER = 16 * 1024;

    /**
     * Copies it.
     *
     * @param announced
     *            its Content-Length, negative where there is none
     * @throws ProblemException
     *             413 if it is too long, before anything is read where that was announced; 408 if it takes too long
     * @throws IOException
     *             if it cannot be read, or was cut short
     */
    void copy(InputStream from, long announced, OutputStream to) throws IOException {
        requireWithinLimit(announced);
        var buffer = new byte[announced < 0 ? BUFFER : Math.clamp(announced, 1, BUFFER)];
        long begin = System.nanoTime();
        long count = 0;
        for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
            count += read;
            requireWithinLimit(count);
            to.write(buffer, 0, read);
            if (System.nanoTime() - begin > longest.toNanos() && count != announced) {
                throw ProblemException.of(HttpStatus.REQUEST_TIMEOUT, "too-slow", "The body came too slowly",
                        List.of(new FieldError("", "the body must be sent within " + longest)));
            }
        }
        if (count < announced) {
            throw new EOFException("the body ended after " + count + " of " + announced + " bytes");
        }
    }

    private void requireWithinLimit(long bytes) {
        if (bytes > limit) {
            throw ProblemException.tooLarge("The body may have at most " + limit + " bytes.");
        }
    }
}
