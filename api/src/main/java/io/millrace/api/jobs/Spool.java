package io.millrace.api.jobs;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

import io.millrace.api.http.ProblemException;

/** Keeps bodies that come in on the disk, in the temporary folder, only so many bytes of them at once. */
@Component
final class Spool {

    private static final Logger LOG = LoggerFactory.getLogger(Spool.class);

    private final BodyIntake intake;
    private final long most;
    private final Duration retryAfter;
    private final AtomicLong kept = new AtomicLong();

    Spool(JobsSettings jobs, ReceivingSettings settings) {
        this.most = settings.maxSpooled().toBytes();
        this.intake = new BodyIntake(Math.min(jobs.maxBulkBody().toBytes(), most), settings.longestBulk());
        this.retryAfter = jobs.retryAfter();
    }

    /**
     * All of it.
     *
     * @param announced
     *            its Content-Length, negative where there is none
     * @throws ProblemException
     *             413 if it is too long, 408 if it takes too long, 503 if there is no room for it
     * @throws IOException
     *             if it cannot be read
     */
    SpooledBody receive(InputStream body, long announced) throws IOException {
        return receive(body, announced, newFile());
    }

    SpooledBody receive(InputStream body, long announced, Path file) throws IOException {
        var own = new AtomicLong();
        var spooled = new SpooledBody(file, () -> kept.addAndGet(-own.get()));
        try {
            try (var to = new ToDisk(file, own)) {
                intake.copy(body, announced, to);
            }
            return spooled;
        } catch (IOException | RuntimeException e) {
            spooled.close();
            throw e;
        }
    }

    /** The bytes that are kept. */
    long kept() {
        return kept.get();
    }

    private Path newFile() {
        try {
            return Files.createTempFile("millrace-bulk-", ".json");
        } catch (IOException e) {
            throw noRoom(e);
        }
    }

    private ProblemException noRoom(IOException failure) {
        LOG.warn("answered 503, a bulk cannot be written to the temporary folder: {}", failure.toString());
        return ProblemException.overloaded("The disk has no room for this bulk; nothing was queued.", retryAfter);
    }

    /** Its failures are ours, not the client's. */
    private final class ToDisk extends OutputStream {

        private final OutputStream file;
        private final AtomicLong own;

        ToDisk(Path file, AtomicLong own) {
            this.own = own;
            try {
                this.file = Files.newOutputStream(file);
            } catch (IOException e) {
                throw noRoom(e);
            }
        }

        @Override
        public void write(int one) {
            write(new byte[]{(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            own.addAndGet(length);
            if (kept.addAndGet(length) > most) {
                throw ProblemException.overloaded(
                        "As much as there is room for is coming in already; nothing was queued.", retryAfter);
            }
            try {
                file.write(bytes, from, length);
            } catch (IOException e) {
                throw noRoom(e);
            }
        }

        @Override
        public void close() {
            try {
                file.close();
            } catch (IOException e) {
                throw noRoom(e);
            }
        }
    }
}
