package io.millrace.core.files;

import java.io.IOException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Makes the file of an upload in several requests appear, once the last byte is in the store. */
@Component
final class CompleteUpload {

    private static final int BUFFER_BYTES = 64 * 1024;

    /** 64 MiB. */
    private static final int BUFFERS_PER_RENEWAL = 1024;

    /** Longer than the virus scanner takes for a file; of a process that dies meanwhile, others wait for the rest of it. */
    private static final Duration COMPLETION = Duration.ofMinutes(10);

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final ContentStores stores;
    private final UploadRows rows;
    private final VirusScan scan;
    private final FileRemoval removal;

    CompleteUpload(JdbcClient jdbc, TransactionOperations transactions, ContentStores stores, UploadRows rows,
            VirusScan scan, FileRemoval removal) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.stores = stores;
        this.rows = rows;
        this.scan = scan;
        this.removal = removal;
    }

    /**
     * In one commit with what {@code atCommit} writes. Others wait meanwhile; if it fails, they need not wait any longer.
     *
     * @param known
     *            of the whole content; null if not all of it came by way of this process
     */
    void complete(ResumableUpload upload, ContentStore store, UUID writer, @Nullable MessageDigest known, long kept,
            Function<StoredFile, @Nullable UUID> atCommit) throws IOException {
        UUID id = upload.id();
        holdOff(id, writer, COMPLETION);
        try {
            store.settle(id);
            MessageDigest sha256 = known == null ? read(id, writer, upload.length()) : known;
            String hex = HexFormat.of().formatHex(sha256.digest());
            scan.require(id, upload.length());
            String detected = DetectedType.of(head(id, store, upload.length()), declaredType(id));
            transactions.executeWithoutResult(status -> {
                StoredFile file = FileUpload.complete(jdbc, id, upload.length(), hex, detected);
                if (!rows.complete(id, writer, atCommit.apply(file))) {
                    throw UploadBusy.elsewhere(id);
                }
            });
        } catch (FileRefused e) {
            removal.discard(id, e);
            throw e;
        } catch (IOException | RuntimeException e) {
            release(id, writer, kept, e);
            throw e;
        }
    }

    private static byte[] head(UUID id, ContentStore store, long length) {
        try (var _ = store.room()) {
            List<byte[]> first = length == 0 ? List.of() : store.get(id, 0, 1);
            return first.isEmpty()
                    ? new byte[0]
                    : Arrays.copyOf(first.getFirst(), Math.min(first.getFirst().length, DetectedType.HEAD_BYTES));
        }
    }

    private @Nullable String declaredType(UUID id) {
        return jdbc.sql("select content_type from files where id = :id").param("id", id).query(String.class).optional()
                .orElse(null);
    }

    private void holdOff(UUID id, UUID writer, Duration lease) {
        if (!rows.beginWriting(id, writer, lease)) {
            throw UploadBusy.elsewhere(id);
        }
    }

    private MessageDigest read(UUID id, UUID writer, long size) throws IOException {
        MessageDigest sha256 = FileUpload.newSha256();
        byte[] buffer = new byte[BUFFER_BYTES];
        try (var content = new FileContent(stores, id, size)) {
            int buffers = 0;
            for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                sha256.update(buffer, 0, read);
                if (++buffers % BUFFERS_PER_RENEWAL == 0) {
                    holdOff(id, writer, COMPLETION);
                }
            }
        }
        return sha256;
    }

    private void release(UUID id, UUID writer, long kept, Exception failure) {
        try {
            rows.endWriting(id, writer, kept);
        } catch (DataAccessException e) {
            failure.addSuppressed(e);
        }
    }
}
