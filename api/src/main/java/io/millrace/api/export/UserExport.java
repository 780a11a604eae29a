package io.millrace.api.export;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.OffsetDateTime;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import com.zaxxer.hikari.HikariDataSource;
import org.apache.coyote.CloseNowException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Streams all users, oldest first, in batches. Each batch is one statement with a connection of its own, given back before a
 * byte of it is sent: neither a long transaction nor a slow client keeps anything in the database.
 *
 * <p>
 * A user who is there from the start to the end of the export appears exactly once, as she was when her batch was read.
 * Who comes or goes meanwhile may be in it or not. No more than two batches are in memory.
 */
@Component
final class UserExport {

    private static final Logger LOG = LoggerFactory.getLogger(UserExport.class);
    /** Of a batch, what is sent between two looks at the time. */
    private static final int PIECE = 64 * 1024;

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final ExportSettings settings;

    UserExport(@Qualifier("exportsDataSource") HikariDataSource exports, JsonMapper json, ExportSettings settings) {
        this.jdbc = JdbcClient.create(exports);
        this.json = json;
        this.settings = settings;
    }

    /**
     * Writes everything to {@code client} and flushes the first batch, so that it arrives at once.
     *
     * @throws IOException
     *             if the client is gone, or took longer than {@code millrace.api.export.slowest-batch} for a batch
     * @throws org.springframework.dao.DataAccessException
     *             if the database is; what was written is then incomplete
     */
    void write(ExportFormat format, OutputStream client) throws IOException {
        var batches = new Batches(format);
        byte[] batch = batches.next();
        send(batch, client);
        client.flush();
        // Each batch is read while the one before it is sent: Postgres and the network work side by side.
        try (var reader = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<byte[]> coming = reader.submit(batches::next);
            while (batch.length > 0) {
                batch = read(coming);
                coming = reader.submit(batches::next);
                send(batch, client);
            }
        }
    }

    /** A client that stands still runs into the connector's time-out; here ends one that goes on, but far too slowly. */
    private void send(byte[] batch, OutputStream client) throws IOException {
        long begun = System.nanoTime();
        for (int sent = 0; sent < batch.length; sent += PIECE) {
            if (System.nanoTime() - begun > settings.slowestBatch().toNanos()) {
                LOG.info("An export was cut off: its client took longer than {} for a batch.", settings.slowestBatch());
                throw new CloseNowException("the client is too slow");
            }
            client.write(batch, sent, Math.min(PIECE, batch.length - sent));
        }
    }

    private static byte[] read(Future<byte[]> batch) {
        try {
            return batch.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException("a batch was not read", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a batch was read", e);
        }
    }

    private UserWriter writer(ExportFormat format, ByteArrayOutputStream out) {
        return switch (format) {
            case JSON -> JsonUsers.array(json, out);
            case NDJSON -> JsonUsers.lines(json, out);
            case CSV -> new CsvUsers(out, settings.escapeFormulas());
        };
    }

    /** One after the other, by one thread at a time; empty after the last. */
    private final class Batches {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final UserWriter writer;
        private OffsetDateTime createdAt = OffsetDateTime.MIN;
        private UUID id = new UUID(0, 0);
        private int rows;
        private boolean begun;
        private boolean ended;

        Batches(ExportFormat format) {
            this.writer = writer(format, bytes);
        }

        byte[] next() {
            if (ended) {
                return new byte[0];
            }
            if (!begun) {
                writer.begin();
                begun = true;
            }
            read();
            if (rows < settings.batchSize()) {
                writer.end();
                ended = true;
            }
            writer.flush();
            byte[] batch = bytes.toByteArray();
            bytes.reset();
            return batch;
        }

        private void read() {
            rows = 0;
            jdbc.sql("""
                     select id, email, full_name, created_at
                     from users
                     where (created_at, id) > (:createdAt, :id)
                     order by created_at, id
                     limit :limit
                     """).param("createdAt", createdAt).param("id", id).param("limit", settings.batchSize())
                    .query((RowCallbackHandler) row -> {
                        id = row.getObject(1, UUID.class);
                        createdAt = row.getObject(4, OffsetDateTime.class);
                        writer.user(new ExportedUser(id, row.getString(2), row.getString(3), createdAt));
                        rows++;
                    });
        }
    }
}
