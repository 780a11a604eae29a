package io.millrace.core.files;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.util.Assert;

/**
 * Where files are: rows in Postgres, and contents in the store that {@code millrace.files.store} names, reached by every
 * process. Contents stream through in pieces; memory does not grow with a file, and no connection is held while the other
 * end of a stream is slow.
 *
 * <p>
 * A file appears when its content is complete and never changes after that. An upload that fails leaves nothing; what a
 * killed process left is swept later, by any process.
 */
@Component
public final class FileStore {

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final FilesProperties properties;
    private final ContentStores stores;
    private final FileRemoval removal;
    private final FileUsage usage;
    private final VirusScan scan;

    FileStore(JdbcClient jdbc, TransactionOperations transactions, FilesProperties properties, ContentStores stores,
            FileRemoval removal, FileUsage usage, VirusScan scan) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.properties = properties;
        this.stores = stores;
        this.removal = removal;
        this.usage = usage;
        this.scan = scan;
    }

    /** The largest file that is taken, in bytes. */
    public long maxBytes() {
        return properties.maxSize().toBytes();
    }

    /**
     * Refuses what is announced to be too large, before a byte of it is read.
     *
     * @param bytes
     *            how long the content will be
     * @throws FileTooLarge
     *             if that is over the limit
     */
    public void requireFits(long bytes) {
        if (bytes > maxBytes()) {
            throw new FileTooLarge(properties.maxSize());
        }
    }

    /** As {@link #store(NewFile, InputStream, Function)}, nobody's, with nothing else in the commit. */
    public StoredFile store(String name, @Nullable String contentType, InputStream content) throws IOException {
        return store(NewFile.called(name, contentType), content, file -> file);
    }

    /**
     * Reads {@code content} to its end and keeps it. Each piece is written by itself; the last, short
     * transaction makes the file appear and runs {@code atCommit}, so that what that writes (a job, say) is there if and
     * only if the file is. The stream is not closed.
     *
     * @param atCommit
     *            what else belongs into the commit; its answer is the answer of this call
     * @throws FileTooLarge
     *             as soon as more than the limit has come
     * @throws UploadExpired
     *             if the content stood still for longer than {@code millrace.files.abandoned-after}
     * @throws IOException
     *             what {@code content} throws
     * @throws IllegalStateException
     *             within a transaction: it would stay open for as long as the content takes to come
     * @throws FileRefused
     *             if its owner's quota does not allow it, or the virus scanner does not
     * @throws ContentUnavailable
     *             if the store of contents or the virus scanner cannot be reached or refuses
     * @throws org.springframework.dao.DataAccessException
     *             if the database cannot be reached or refuses; like every failure, this keeps nothing. One exception: if
     *             the connection breaks during the commit itself, the file and what {@code atCommit} wrote may both be
     *             there
     */
    public <T extends @Nullable Object> T store(NewFile file, InputStream content, Function<StoredFile, T> atCommit)
            throws IOException {
        Assert.state(!TransactionSynchronizationManager.isActualTransactionActive(),
                "a file must not be stored within a transaction");
        var upload = begin(file);
        try {
            upload.receive(content, properties.maxSize());
            scan.require(upload.id(), upload.size());
            return transactions.execute(status -> atCommit.apply(upload.complete()));
        } catch (IOException | RuntimeException | Error e) {
            removal.discard(upload.id(), e);
            throw e;
        }
    }

    /** A row for it, in the current transaction if there is one; its owner's quota allows what is announced. */
    FileUpload begin(NewFile file) {
        var whole = file.expiresIn() == null
                ? new NewFile(file.name(), file.contentType(), file.owner(), file.announced(), properties.expireAfter())
                : file;
        return Objects.requireNonNull(
                transactions.execute(status -> FileUpload.begin(jdbc, stores.current(), usage, whole)));
    }

    /** The file, if its content is complete, it was not deleted and has not expired. */
    public Optional<StoredFile> find(UUID id) {
        return jdbc.sql("""
                        select id, name, size, sha256, content_type, created_at, detected_type, expires_at
                        from files
                        where id = :id and state = 'READY' and (expires_at is null or expires_at > now())
                        """).param("id", id).query(StoredFileRow::read).optional();
    }

    /**
     * The content from its first byte. It holds a few pieces and no connection; {@code skip} is cheap.
     *
     * @return a stream for one thread, which fails with {@link java.nio.file.NoSuchFileException} if the file is deleted
     *         while it is read, and with {@link org.springframework.dao.DataAccessException} if the database cannot be
     *         reached. It never ends early.
     */
    public InputStream open(StoredFile file) {
        return new FileContent(stores, file.id(), file.size());
    }

    /**
     * Deletes a file: it is gone for everybody at once, its content is then removed piece by piece before this returns
     * (should the process die meanwhile, by the sweep).
     *
     * @return false if there is no such file
     */
    public boolean delete(UUID id) {
        return removal.delete(id);
    }
}
