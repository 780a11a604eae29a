package io.millrace.core.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * The content of one file, fetched a few pieces at a time; between two fetches it holds no connection. What it holds is given back at
 * its end, or when it is closed.
 */
final class FileContent extends InputStream {

    private final ContentStores stores;
    private final UUID id;
    private final long size;
    private @Nullable ContentStore store;
    private @Nullable Room room;
    private long position;
    private int firstLoaded;
    private List<byte[]> loaded = List.of();
    private boolean closed;

    FileContent(ContentStores stores, UUID id, long size) {
        this.stores = stores;
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
        int pieceBytes = store().pieceBytes();
        byte[] piece = piece((int) (position / pieceBytes), pieceBytes);
        int from = (int) (position % pieceBytes);
        int count = Math.min(length, piece.length - from);
        System.arraycopy(piece, from, target, start, count);
        position += count;
        letGoAtTheEnd();
        return count;
    }

    /** Passes over what it skips without fetching it. */
    @Override
    public long skip(long bytes) throws IOException {
        requireOpen();
        long skipped = Math.clamp(bytes, 0, size - position);
        position += skipped;
        letGoAtTheEnd();
        return skipped;
    }

    @Override
    public void close() {
        closed = true;
        letGo();
    }

    private void letGoAtTheEnd() {
        if (position == size) {
            letGo();
        }
    }

    private void letGo() {
        loaded = List.of();
        if (room != null) {
            room.close();
            room = null;
        }
    }

    /** Not asked before the first byte is: who only skips, or never reads, costs nothing. */
    private ContentStore store() {
        ContentStore known = store;
        if (known == null) {
            known = stores.of(id);
            store = known;
        }
        return known;
    }

    private byte[] piece(int seq, int pieceBytes) throws IOException {
        if (seq < firstLoaded || seq >= firstLoaded + loaded.size()) {
            load(seq, (int) Math.ceilDiv(size, (long) pieceBytes));
        }
        byte[] piece = loaded.get(seq - firstLoaded);
        if (piece.length != Math.min(pieceBytes, size - (long) seq * pieceBytes)) {
            throw new IOException("the content of file " + id + " is damaged: piece " + seq + " has " + piece.length
                    + " bytes");
        }
        return piece;
    }

    private void load(int seq, int end) throws NoSuchFileException {
        // What was read is let go before more comes.
        loaded = List.of();
        if (room == null) {
            room = store().room();
        }
        loaded = store().get(id, seq, end);
        firstLoaded = seq;
        if (loaded.isEmpty()) {
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
