package io.millrace.api.export;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;

import org.apache.coyote.CloseNowException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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
    /** Of the platform: a virtual one is parked and woken for every few kilobytes, which was a third of an export's CPU. */
    private static final ThreadFactory READERS = Thread.ofPlatform().name("export-", 0).daemon().factory();

    private final UserCopy users;
    private final Escapes json;
    private final ExportSettings settings;

    UserExport(UserCopy users, JsonMapper json, ExportSettings settings) {
        this.users = users;
        this.json = Escapes.json(json);
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
        var batches = new UserBatches(users, writer(format), settings.batchSize());
        Batch sent = batches.next(new Batch());
        send(sent, client);
        client.flush();
        // Each batch is read while the one before it is sent: Postgres and the network work side by side.
        try (var reader = Executors.newSingleThreadExecutor(READERS)) {
            Future<Batch> coming = reader.submit(() -> batches.next(new Batch()));
            while (sent.length() > 0) {
                Batch free = sent;
                sent = read(coming);
                coming = reader.submit(() -> batches.next(free));
                send(sent, client);
            }
        }
    }

    /** A client that stands still runs into the connector's time-out; here ends one that goes on, but far too slowly. */
    private void send(Batch batch, OutputStream client) throws IOException {
        long begun = System.nanoTime();
        for (int sent = 0; sent < batch.length(); sent += PIECE) {
            if (System.nanoTime() - begun > settings.slowestBatch().toNanos()) {
                LOG.info("An export was cut off: its client took longer than {} for a batch.", settings.slowestBatch());
                throw new CloseNowException("the client is too slow");
            }
            batch.writeTo(client, sent, Math.min(PIECE, batch.length() - sent));
        }
    }

    private static Batch read(Future<Batch> batch) {
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

    private UserWriter writer(ExportFormat format) {
        return switch (format) {
            case JSON -> JsonUsers.array(json);
            case NDJSON -> JsonUsers.lines(json);
            case CSV -> new CsvUsers(settings.escapeFormulas());
        };
    }
}
