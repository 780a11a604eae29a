package io.millrace.core.files;

import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * Where contents are kept, in pieces numbered from 0 without a gap, all of the same length but the last. The row in
 * {@code files} is the truth about what there is, whose state and size count; a store only keeps bytes under its id.
 *
 * <p>
 * Each call stands by itself: it holds no connection afterwards, and must not be made within a transaction. Several
 * threads may call, but two that write pieces of one file must not do so at once.
 */
interface ContentStore {

    /** As {@code files.store} has it. */
    String name();

    /** The length of every piece but the last. Never to be changed: files are read by it. */
    int pieceBytes();

    /**
     * Room for one content on its way, to be had before its first piece and closed after its last.
     *
     * @throws ContentUnavailable
     *             if there is none for longer than callers may wait
     */
    default Room room() {
        return Room.UNCOUNTED;
    }

    /**
     * Keeps a piece, in place of an earlier one of that number, and counts as a touch of the upload.
     *
     * @param writer
     *            who must still be the one whose turn it is, of an upload in several requests; null of one in a single request. In the
     *            database that is looked at with the write. Elsewhere it is right before it: a process that stands still in between for
     *            longer than its lease can put an old piece in the place of a newer one.
     * @param piece
     *            1 to {@link #pieceBytes} bytes
     * @return false if the file is not UPLOADING any more, when nothing of the piece stays, or goes on with another writer
     * @throws ContentUnavailable
     *             if the store cannot be reached or refuses
     */
    boolean put(UUID file, @Nullable UUID writer, int seq, byte[] piece);

    /**
     * Reads pieces.
     *
     * @return those from {@code seq} on, in order, as many before {@code end} as are cheaply had at once; none if one of
     *         them is not there
     * @throws ContentUnavailable
     *             if the store cannot be reached or refuses
     */
    List<byte[]> get(UUID file, int seq, int end);

    /**
     * Makes everything that was {@link #put} last, whatever happens to the machine. To be called before the file becomes
     * READY.
     */
    default void settle(UUID file) {
    }

    /**
     * Removes all pieces, in bounded batches; whoever calls again goes on where a call before ended. There need not be
     * any.
     *
     * @throws ContentUnavailable
     *             if the store cannot be reached or refuses; some may be left
     */
    void remove(UUID file);
}
