package io.millrace.api.jobs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

import org.jspecify.annotations.Nullable;

/** The jobs of a bulk's body one by one, each of which is in memory alone. */
interface BulkItems extends AutoCloseable {

    /**
     * The next one; null behind the last.
     *
     * @throws Broken
     *             if what comes next cannot be told from what is behind it
     */
    @Nullable
    Item next() throws IOException;

    @Override
    void close() throws IOException;

    /**
     * One of them, not yet read as JSON.
     *
     * @param line
     *            where it stands: the line, or its place in the array; the first is 1
     * @param json
     *            null where it is longer than any job may be
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    record Item(long line, byte @Nullable [] json) {
    }

    /** A body that is no list of jobs from some place on. */
    final class Broken extends RuntimeException {

        private static final long serialVersionUID = 1;

        private final long line;

        Broken(long line, Throwable cause) {
            super(cause);
            this.line = line;
        }

        long line() {
            return line;
        }
    }

    /** Lines of NDJSON; blank ones are passed over. */
    final class Lines implements BulkItems {

        private final InputStream body;
        private final int longest;
        private long line;

        Lines(InputStream body, int longest) {
            this.body = body;
            this.longest = longest;
        }

        @Override
        public @Nullable Item next() throws IOException {
            var bytes = new ByteArrayOutputStream(512);
            boolean isBlank = true;
            boolean tooLong = false;
            line++;
            int next = body.read();
            while (next >= 0 && (next != '\n' || isBlank)) {
                if (next == '\n') {
                    line++;
                }
                isBlank &= next == ' ' || next == '\t' || next == '\r' || next == '\n';
                tooLong |= bytes.size() == longest;
                if (!isBlank && !tooLong) {
                    bytes.write(next);
                }
                next = body.read();
            }
            return isBlank ? null : new Item(line, tooLong ? null : bytes.toByteArray());
        }

        @Override
        public void close() throws IOException {
            body.close();
        }
    }
}
