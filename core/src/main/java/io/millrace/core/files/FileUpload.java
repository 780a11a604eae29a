package io.millrace.core.files;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.unit.DataSize;

/** One file on its way in: a row that nobody sees until {@link #complete}. */
final class FileUpload {

    private final JdbcClient jdbc;
    private final ContentStore contents;
    private final FileUsage usage;
    private final NewFile file;
    private final UUID id = UUID.randomUUID();
    private final MessageDigest sha256 = newSha256();
    private byte[] head = {};
    private long counted;
    private long size;
    private int pieces;

    private FileUpload(JdbcClient jdbc, ContentStore contents, FileUsage usage, NewFile file) {
        this.jdbc = jdbc;
        this.contents = contents;
        this.usage = usage;
        this.file = file;
        this.counted = file.announced();
    }

    /** To be called within a transaction. */
    static FileUpload begin(JdbcClient jdbc, ContentStore contents, FileUsage usage, NewFile file) {
        var upload = new FileUpload(jdbc, contents, usage, file);
        jdbc.sql("""
                 insert into files (id, state, store, name, content_type, owner, counted, expires_at)
                 values (:id, 'UPLOADING', :store, :name, :contentType, :owner, :counted,
                     now() + make_interval(secs => cast(:expiresIn as double precision)))
                 """).param("id", upload.id).param("store", contents.name()).param("name", file.name())
                .param("contentType", file.contentType()).param("owner", file.owner()).param("counted", upload.counted)
                .param("expiresIn", file.expiresIn() == null ? null : file.expiresIn().toSeconds()).update();
        usage.add(file.owner(), upload.counted);
        return upload;
    }

    UUID id() {
        return id;
    }

    long size() {
        return size;
    }

    /** Writes the content piece by piece, and sees to it that it lasts; no connection is held while it is read. */
    void receive(InputStream content, DataSize maxSize) throws IOException {
        try (var _ = contents.room()) {
            for (byte[] piece = next(content); piece.length > 0; piece = next(content)) {
                take(piece, maxSize);
            }
        }
        contents.settle(id);
    }

    private void take(byte[] piece, DataSize maxSize) {
        if (size == 0) {
            head = Arrays.copyOf(piece, Math.min(piece.length, DetectedType.HEAD_BYTES));
        }
        size += piece.length;
        if (size > maxSize.toBytes()) {
            throw new FileTooLarge(maxSize);
        }
        sha256.update(piece);
        count();
        append(piece);
    }

    private void count() {
        if (file.owner() != null && size > counted) {
            usage.grow(id, file.owner(), size - counted);
            counted = size;
        }
    }

    private byte[] next(InputStream content) throws IOException {
        // Not readNBytes(int): that takes a stream for ended which answers -1 where it is asked for nothing.
        byte[] piece = new byte[contents.pieceBytes()];
        int read = content.readNBytes(piece, 0, piece.length);
        return read == piece.length ? piece : Arrays.copyOf(piece, read);
    }

    private void append(byte[] piece) {
        if (!contents.put(id, null, pieces++, piece)) {
            throw new UploadExpired(id);
        }
    }

    /** Makes the file appear when the surrounding transaction commits. */
    StoredFile complete() {
        return complete(jdbc, id, size, HexFormat.of().formatHex(sha256.digest()),
                DetectedType.of(head, file.contentType()));
    }

    /**
     * The same for one that came in other ways; all of its content is in the store, and settled. From now on what it takes
     * is its size, and its time runs.
     */
    static StoredFile complete(JdbcClient jdbc, UUID id, long size, String sha256, String detectedType) {
        return jdbc.sql("""
                        with upload as (
                            select id, owner, counted from files where id = :id and state = 'UPLOADING' for update
                        ), usage as (
                            update file_usage u set bytes = u.bytes + :size - upload.counted
                            from upload where u.owner = upload.owner and upload.counted <> :size
                        )
                        update files f
                        set state = 'READY', size = :size, sha256 = :sha256, detected_type = :detectedType,
                            counted = case when f.owner is null then 0 else :size end, touched_at = now(),
                            expires_at = now() + (f.expires_at - f.created_at)
                        from upload where f.id = upload.id
                        returning f.id, name, size, sha256, content_type, created_at, detected_type, expires_at
                        """).param("id", id).param("size", size).param("sha256", sha256)
                .param("detectedType", detectedType)
                .query(StoredFileRow::read).optional().orElseThrow(() -> new UploadExpired(id));
    }

    static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
