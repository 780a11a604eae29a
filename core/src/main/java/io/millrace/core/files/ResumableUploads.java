package io.millrace.core.files;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Files that come in several requests, after any of which, or in the midst of which, the client may be cut off. What has
 * come is kept until {@code millrace.files.resumable.expires-after} after its last byte. Any process may take the next request. As
 * with {@link FileStore#store}, the file appears in one short commit at the end, and memory does not grow with it.
 *
 * <p>
 * Bytes count piece by piece, as {@link ContentStore} has them, and at the end of each request, whichever way that
 * ends. Of a process that is killed, less than a piece of what it had read is lost. Of two requests for the same upload the
 * later one goes on; the earlier fails at its next piece.
 */
@Component
public final class ResumableUploads {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    private final TransactionOperations transactions;
    private final FileStore files;
    private final ContentStores stores;
    private final FileRemoval removal;
    private final UploadRows rows;
    private final RunningDigests digests;
    private final CompleteUpload completion;
    private final ResumableProperties properties;

    ResumableUploads(TransactionOperations transactions, FileStore files, ContentStores stores, FileRemoval removal,
            UploadRows rows,
            RunningDigests digests, CompleteUpload completion, ResumableProperties properties) {
        this.transactions = transactions;
        this.files = files;
        this.stores = stores;
        this.removal = removal;
        this.rows = rows;
        this.digests = digests;
        this.completion = completion;
        this.properties = properties;
    }

    /**
     * Makes room for a file. Even an empty one is not there before {@link #append}.
     *
     * @return the upload, of which nothing has come
     * @throws FileTooLarge
     *             if it is announced to be over the limit
     * @throws FileRefused
     *             if its owner's quota does not allow it
     */
    public ResumableUpload begin(NewUpload upload) {
        files.requireFits(upload.length());
        UUID id = Objects.requireNonNull(transactions.execute(status -> {
            UUID begun = files.begin(upload.file()).id();
            rows.insert(begun, upload);
            return begun;
        }));
        return rows.find(id, upload.owner()).orElseThrow(() -> new UploadExpired(id));
    }

    /**
     * How far it has come. It says so without touching the upload, even while a request adds to it.
     *
     * @param owner
     *            who asks
     * @return empty if there is none of this owner, or it was deleted, or swept after it had expired
     * @throws UploadExpired
     *             if it has expired and is about to be swept
     */
    public Optional<ResumableUpload> find(UUID id, String owner) {
        return rows.find(id, owner);
    }

    /**
     * Adds to an upload. When all of it has come, the file appears, in one commit with what {@code atCommit} writes.
     *
     * @param upload
     *            as it was found
     * @param offset
     *            where {@code content} belongs
     * @param checksum
     *            if there is one, {@code content} counts as a whole or not at all
     * @param atCommit
     *            what else belongs into the commit; answers the id of the file's job, or null
     * @return how far it has come
     * @throws UploadConflict
     *             if it goes on elsewhere; nothing is read
     * @throws UploadBusy
     *             if another request is writing and did not let this one take over in time, or came after this one; what this
     *             one had brought up to then is kept
     * @throws ChecksumMismatch
     *             nothing of {@code content} is kept
     * @throws FileTooLarge
     *             if more comes than was announced; the upload does not become complete
     * @throws UploadExpired
     *             if it has expired, or was deleted
     * @throws FileRefused
     *             if the virus scanner does not let the file pass; nothing of the upload is kept
     * @throws IOException
     *             what {@code content} throws; as with any exception of it, what came before is kept
     * @throws ContentUnavailable
     *             if the store of contents cannot be reached or refuses; what was written before is kept
     * @throws org.springframework.dao.DataAccessException
     *             if the database cannot be reached or refuses; likewise
     */
    public ResumableUpload append(ResumableUpload upload, long offset, InputStream content,
            @Nullable Checksum checksum, Function<StoredFile, @Nullable UUID> atCommit) throws IOException {
        UUID writer = UUID.randomUUID();
        ContentStore store = stores.of(upload.id());
        ResumableUpload current;
        ReceivedBytes received;
        // Before anybody else's turn is taken from them.
        try (var _ = store.room()) {
            current = takeOver(upload, offset, writer);
            if (current.isComplete()) {
                requireNothing(content, current);
                return current;
            }
            received = new UploadWriter(store, rows, current, writer, checksum, digests.take(upload.id(), offset))
                    .receive(content);
        }
        if (received.isComplete()) {
            completion.complete(current, store, writer, received.sha256(), received.kept(), atCommit);
        } else {
            if (received.sha256() != null) {
                digests.remember(upload.id(), received.kept(), received.sha256());
            }
            rethrow(received.failure());
        }
        return rows.find(upload.id(), upload.owner()).orElseThrow(() -> new UploadExpired(upload.id()));
    }

    /**
     * Deletes an upload and what came of it, the file too if that is there, as {@link FileStore#delete} does.
     *
     * @return false if there is none of this owner
     */
    public boolean delete(UUID id, String owner) {
        return rows.find(id, owner).isPresent() && removal.deleteUpload(id);
    }

    private ResumableUpload takeOver(ResumableUpload upload, long offset, UUID writer) {
        for (long looks = properties.takeOverWait().dividedBy(BETWEEN_LOOKS); looks >= 0; looks--) {
            boolean mine = rows.takeOver(upload.id(), offset, writer);
            ResumableUpload current = find(upload.id(), upload.owner())
                    .orElseThrow(() -> new UploadExpired(upload.id()));
            if (current.received() != offset) {
                throw new UploadConflict(upload.id(), current.received());
            }
            if (mine || current.isComplete()) {
                return current;
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
        throw new UploadBusy(upload.id(), "is being written by another request");
    }

    private static void requireNothing(InputStream content, ResumableUpload upload) throws IOException {
        if (content.read() >= 0) {
            throw new UploadConflict(upload.id(), upload.received());
        }
    }

    private static void rethrow(@Nullable Exception failure) throws IOException {
        if (failure instanceof IOException e) {
            throw e;
        }
        if (failure instanceof RuntimeException e) {
            throw e;
        }
    }
}
