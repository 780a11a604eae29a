package io.millrace.core.files;

import java.util.UUID;

/** Bytes were sent for a place other than the one where the upload goes on. */
public final class UploadConflict extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final long received;

    UploadConflict(UUID id, long received) {
        super("upload " + id + " goes on at " + received);
        this.received = received;
    }

    /** Where it goes on, in bytes. */
    public long received() {
        return received;
    }
}
