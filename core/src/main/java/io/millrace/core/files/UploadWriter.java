package io.millrace.core.files;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/** One request's bytes on their way into an upload that goes on at {@link #position}. */
final class UploadWriter {

    /** Longer than a store may take for a piece: nobody else writes before that is over. */
    static final Duration LEASE = Duration.ofMinutes(1);

    private final ContentStore store;
    private final UploadRows rows;
    private final UUID id;
    private final UUID writer;
    private final long length;
    private final @Nullable Checksum checksum;
    private final @Nullable MessageDigest sha256;
    private final byte[] piece;
    private long position;
    private long kept;
    private int filled;
    private int written;
    private @Nullable Exception failure;

    UploadWriter(ContentStore store, UploadRows rows, ResumableUpload upload, UUID writer,
            @Nullable Checksum checksum, @Nullable MessageDigest sha256) {
        this.store = store;
        this.rows = rows;
        this.id = upload.id();
        this.writer = writer;
        this.length = upload.length();
        this.checksum = checksum;
        this.sha256 = sha256;
        this.position = upload.received();
        this.kept = position;
        this.piece = new byte[store.pieceBytes()];
        this.filled = (int) (position % piece.length);
        this.written = filled;
    }

    /**
     * Reads {@code content} to its end. What came before it broke off is kept, unless there is a checksum, which then cannot be
     * told. The last piece of all is written, but does not count before the file is complete.
     */
    ReceivedBytes receive(InputStream content) {
        loadBegunPiece();
        boolean goesOn = true;
        while (goesOn) {
            goesOn = fill(content);
            if (filled > written) {
                write();
            }
        }
        if (checksum != null && failure == null) {
            checksum.verify();
            if (!isComplete()) {
                count(position);
            }
        }
        return new ReceivedBytes(isComplete(), kept, isComplete() || position == kept ? sha256 : null, failure);
    }

    private boolean isComplete() {
        return position == length && (failure == null || checksum == null);
    }

    private void loadBegunPiece() {
        if (filled > 0) {
            List<byte[]> begun = store.get(id, seq(), seq() + 1);
            if (begun.isEmpty()) {
                throw new UploadExpired(id);
            }
            // It may be longer, by bytes that did not have their checksum.
            System.arraycopy(begun.getFirst(), 0, piece, 0, filled);
        }
    }

    private int seq() {
        return (int) ((position - filled) / piece.length);
    }

    /** Up to the end of the piece; false if there is nothing more to come. */
    private boolean fill(InputStream content) {
        try {
            while (filled < piece.length) {
                int room = (int) Math.min(piece.length - filled, length - position);
                int read = room == 0 ? requireEnd(content) : content.read(piece, filled, room);
                if (read < 0) {
                    return false;
                }
                filled += read;
                position += read;
            }
            return true;
        } catch (FileTooLarge e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            failure = e;
            return false;
        }
    }

    private int requireEnd(InputStream content) throws IOException {
        if (content.read() >= 0) {
            throw new FileTooLarge(DataSize.ofBytes(length));
        }
        return -1;
    }

    private void write() {
        boolean isUnverifiable = checksum != null && failure != null;
        if (isUnverifiable) {
            return;
        }
        if (checksum != null) {
            checksum.update(piece, written, filled);
        }
        if (sha256 != null) {
            sha256.update(piece, written, filled - written);
        }
        if (!rows.beginWriting(id, writer, LEASE)) {
            throw UploadBusy.elsewhere(id);
        }
        if (!store.put(id, writer, seq(), filled == piece.length ? piece : Arrays.copyOf(piece, filled))) {
            throw rows.isGone(id) ? new UploadExpired(id) : UploadBusy.elsewhere(id);
        }
        count(checksum == null && position < length ? position : kept);
        filled %= piece.length;
        written = filled;
    }

    private void count(long received) {
        if (!rows.endWriting(id, writer, received)) {
            throw UploadBusy.elsewhere(id);
        }
        kept = received;
    }
}
