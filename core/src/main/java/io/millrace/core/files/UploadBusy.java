package io.millrace.core.files;

import java.util.UUID;

/** Another request is just writing to the same upload, or has come after this one and goes on in its place. */
public final class UploadBusy extends RuntimeException {

    private static final long serialVersionUID = 1;

    UploadBusy(UUID id, String why) {
        super("upload " + id + " " + why);
    }

    static UploadBusy elsewhere(UUID id) {
        return new UploadBusy(id, "goes on in another request");
    }
}
