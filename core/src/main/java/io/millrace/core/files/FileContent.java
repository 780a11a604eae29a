package io.millrace.core.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;

/** The content of one file, fetched a few chunks at a time; between two fetches it holds no connection. */
final class FileContent extends InputStream {

    /** A megabyte a query: enough to make the round trip cheap. */
    private static final int CHUNKS_PER_QUERY = 4;

    private final JdbcClient jdbc;
    private final UUID id;
    private final long size;
    private long position;
    private long firstLoaded;
    private List<byte[]> loaded = List.of();
    private boolean closed;

    FileContent(JdbcClient jdbc, UUID id, long size) {
        this.jdbc = jdbc;
        this.id = id;
        this.size = size;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] target, int start, int length) throws IOException {
        Objects.checkFromIndexSize(start, length, target.length);
        requireOpen();
        if (length == 0) {
            return 0;
        }
        if (position == size) {
            return -1;
        }
        byte[] chunk = chunk(position / FileUpload.CHUNK_BYTES);
        int from = (int) (position % FileUpload.CHUNK_BYTES);
        int count = Math.min(length, chunk.length - from);
        System.arraycopy(chunk, from, target, start, count);
        position += count;
        return count;
    }

    /** Passes over what it skips without fetching it. */
    @Override
    public long skip(long bytes) throws IOException {
        requireOpen();
        long skipped = Math.clamp(bytes, 0, size - position);
        position += skipped;
        return skipped;
    }

    @Override
    public void close() {
        closed = true;
        loaded = List.of();
    }

    private byte[] chunk(long seq) throws NoSuchFileException {
        if (seq < firstLoaded || seq >= firstLoaded + loaded.size()) {
            load(seq);
        }
        return loaded.get((int) (seq - firstLoaded));
    }

    private void load(long seq) throws NoSuchFileException {
        long chunks = Math.ceilDiv(size, (long) FileUpload.CHUNK_BYTES);
        long end = Math.min(seq + CHUNKS_PER_QUERY, chunks);
        // What was read is let go before more comes.
        loaded = List.of();
        loaded = jdbc.sql("""
                          select bytes from file_chunks where file_id = :id and seq >= :seq and seq < :end order by seq
                          """).param("id", id).param("seq", seq).param("end", end)
                .query((row, n) -> row.getBytes("bytes")).list();
        firstLoaded = seq;
        if (loaded.size() != end - seq) {
            // Not FileNotFoundException: Spring MVC would swallow that one and end the answer as if it were complete.
            throw new NoSuchFileException(id.toString(), null, "was deleted while it was read");
        }
    }

    private void requireOpen() throws IOException {
        if (closed) {
            throw new IOException("the stream is closed");
        }
    }
}
