package io.millrace.core.files;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

import org.apache.tika.metadata.Metadata;
import org.apache.tika.mime.MediaType;
import org.apache.tika.mime.MimeTypes;
import org.jspecify.annotations.Nullable;

/**
 * What a content is, by its first bytes (Apache Tika's table of magic numbers). What the client declared only counts where
 * it says more of the same: {@code text/csv} of what looks like text, but not {@code image/png} of it. The name never does.
 */
final class DetectedType {

    /** Enough for every entry that matters; a tar's magic number is at 257. */
    static final int HEAD_BYTES = 8 * 1024;

    private static final MimeTypes KNOWN = MimeTypes.getDefaultMimeTypes();

    private DetectedType() {
    }

    static String of(byte[] head, @Nullable String declared) {
        MediaType said = declared == null ? null : MediaType.parse(declared);
        MediaType seen = detect(head);
        return said != null && fits(said.getBaseType(), seen, head.length)
                ? said.getBaseType().toString()
                : seen.toString();
    }

    private static boolean fits(MediaType said, MediaType seen, int length) {
        if (length == 0) {
            return true;
        }
        // Everything is a kind of octet-stream, also what its magic number would have told.
        var registry = KNOWN.getMediaTypeRegistry();
        MediaType known = registry.normalize(said);
        return known.equals(seen)
                || (!seen.equals(MediaType.OCTET_STREAM) && registry.isSpecializationOf(known, seen));
    }

    private static MediaType detect(byte[] head) {
        try {
            return KNOWN.detect(new ByteArrayInputStream(head), new Metadata()).getBaseType();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
