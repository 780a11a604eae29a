package io.millrace.core.files;

import java.security.MessageDigest;
import java.util.UUID;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * How far this process has come with the SHA-256 of uploads that were interrupted, so that most need not be read once more
 * at their end. Some hundred bytes each.
 */
@Component
final class RunningDigests {

    private static final int REMEMBERED = 10_000;

    private final Cache<UUID, Running> running = Caffeine.newBuilder().maximumSize(REMEMBERED).build();

    /** That of the first {@code position} bytes, to be gone on with; null if it is not known here. */
    @Nullable
    MessageDigest take(UUID upload, long position) {
        if (position == 0) {
            return FileUpload.newSha256();
        }
        Running known = running.asMap().remove(upload);
        return known != null && known.position == position ? known.digest : null;
    }

    /** Is the caller's no more. */
    void remember(UUID upload, long position, MessageDigest digest) {
        running.put(upload, new Running(position, digest));
    }

    private record Running(long position, MessageDigest digest) {
    }
}
