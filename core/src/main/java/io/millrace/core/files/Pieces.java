package io.millrace.core.files;

import java.util.List;
import java.util.UUID;

/**
 * A place outside the database that keeps pieces under a file's id and knows nothing of its state; {@link ContentElsewhere}
 * sees to that. Every call ends, in whatever way, within three quarters of a minute, which is shorter than an upload may
 * stand still before it is swept. Failures are {@link ContentUnavailable}.
 */
interface Pieces extends AutoCloseable {

    /** As {@code files.store} has it. */
    String name();

    /** As {@link ContentStore#pieceBytes}. */
    int pieceBytes();

    /** As {@link ContentStore#room}. */
    default Room room() {
        return Room.UNCOUNTED;
    }

    /** As {@link ContentStore#put}, whatever becomes of the file. */
    void put(UUID file, int seq, byte[] piece);

    /** As {@link ContentStore#get}. */
    List<byte[]> get(UUID file, int seq, int end);

    /** As {@link ContentStore#settle}. */
    void settle(UUID file);

    /** As {@link ContentStore#remove}. */
    void remove(UUID file);

    /**
     * Whether this can work at all, asked once at start.
     *
     * @throws UnusableContentStore
     *             if it never will with these settings; a place that merely does not answer is none of these
     */
    void check();

    @Override
    void close();
}
