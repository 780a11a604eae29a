package io.millrace.core.files;

import java.util.UUID;

/**
 * Less than a piece of an upload came in all of {@code millrace.files.abandoned-after}, so that it was taken for one
 * whose process had died, and swept; or one in several requests has expired, or was deleted meanwhile. Nothing of it is kept.
 */
public final class UploadExpired extends RuntimeException {

    private static final long serialVersionUID = 1;

    UploadExpired(UUID id) {
        super("upload " + id + " stood still for too long and was swept");
    }
}
