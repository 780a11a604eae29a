package io.millrace.worker.users;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;

import org.jspecify.annotations.Nullable;

/** Reads and checks each chunk while the database works on the one before: no more than two are in memory. */
final class ChunksAhead implements AutoCloseable {

    private static final ThreadFactory READERS = Thread.ofVirtual().name("import-", 0).factory();

    private final ExecutorService reader = Executors.newSingleThreadExecutor(READERS);
    private final Callable<ReadChunks> source;
    private @Nullable ReadChunks chunks;
    private @Nullable Future<Chunk> coming;

    /**
     * @param source
     *            opens the file behind {@code lastRow}; called by the reader
     */
    ChunksAhead(Callable<ReadChunks> source, long lastRow) {
        this.source = source;
        this.coming = reader.submit(() -> read(lastRow));
    }

    /**
     * The next chunk, empty at the end.
     *
     * @throws IOException
     *             what the file throws
     */
    Optional<Chunk> next() throws Exception {
        if (coming == null) {
            return Optional.empty();
        }
        Chunk chunk = get(coming);
        coming = chunk.last() ? null : reader.submit(() -> read(chunk.upTo()));
        return Optional.of(chunk);
    }

    private Chunk read(long after) throws Exception {
        if (chunks == null) {
            chunks = source.call();
        }
        return chunks.next(after);
    }

    private static Chunk get(Future<Chunk> coming) throws Exception {
        try {
            return coming.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception failure) {
                throw failure;
            }
            throw e;
        }
    }

    /** Waits for a chunk that is being read, interrupting it. */
    @Override
    public void close() {
        reader.shutdownNow();
        reader.close();
    }
}
