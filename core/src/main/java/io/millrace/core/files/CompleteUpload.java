package io.millrace.core.files;

import java.io.IOException;
import java.security.MessageDigest;
import java.util.HexFormat;
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

    /** Some tenths of a second. */
    private static final int BUFFERS_PER_RENEWAL = 1024;

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final ContentStores stores;
    private final UploadRows rows;

    CompleteUpload(JdbcClient jdbc, TransactionOperations transactions, ContentStores stores, UploadRows rows) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.stores = stores;
        this.rows = rows;
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
        holdOff(id, writer);
        try {
            store.settle(id);
            MessageDigest sha256 = known == null ? read(id, writer, upload.length()) : known;
            String hex = HexFormat.of().formatHex(sha256.digest());
            transactions.executeWithoutResult(status -> {
                StoredFile file = FileUpload.complete(jdbc, id, upload.length(), hex);
                if (!rows.complete(id, writer, atCommit.apply(file))) {
                    throw UploadBusy.elsewhere(id);
                }
            });
        } catch (IOException | RuntimeException e) {
            release(id, writer, kept, e);
            throw e;
        }
    }

    private void holdOff(UUID id, UUID writer) {
        if (!rows.beginWriting(id, writer, UploadWriter.LEASE)) {
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
                    holdOff(id, writer);
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
