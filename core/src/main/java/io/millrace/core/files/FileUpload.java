package io.millrace.core.files;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.unit.DataSize;

/** One file on its way in: a row that nobody sees until {@link #complete}. */
final class FileUpload {

    private final JdbcClient jdbc;
    private final ContentStore contents;
    private final UUID id = UUID.randomUUID();
    private final MessageDigest sha256 = newSha256();
    private long size;
    private int pieces;

    private FileUpload(JdbcClient jdbc, ContentStore contents) {
        this.jdbc = jdbc;
        this.contents = contents;
    }

    static FileUpload begin(JdbcClient jdbc, ContentStore contents, String name, @Nullable String contentType) {
        var upload = new FileUpload(jdbc, contents);
        jdbc.sql("""
                 insert into files (id, state, store, name, content_type)
                 values (:id, 'UPLOADING', :store, :name, :contentType)
                 """).param("id", upload.id).param("store", contents.name()).param("name", name)
                .param("contentType", contentType).update();
        return upload;
    }

    UUID id() {
        return id;
    }

    /** Writes the content piece by piece, and sees to it that it lasts; no connection is held while it is read. */
    void receive(InputStream content, DataSize maxSize) throws IOException {
        for (byte[] piece = next(content); piece.length > 0; piece = next(content)) {
            size += piece.length;
            if (size > maxSize.toBytes()) {
                throw new FileTooLarge(maxSize);
            }
            sha256.update(piece);
            append(piece);
        }
        contents.settle(id);
    }

    private byte[] next(InputStream content) throws IOException {
        return content.readNBytes(contents.pieceBytes());
    }

    private void append(byte[] piece) {
        if (!contents.put(id, pieces++, piece)) {
            throw new UploadExpired(id);
        }
    }

    /** Makes the file appear when the surrounding transaction commits. */
    StoredFile complete() {
        return complete(jdbc, id, size, HexFormat.of().formatHex(sha256.digest()));
    }

    /** The same for one that came in other ways; all of its content is in the store, and settled. */
    static StoredFile complete(JdbcClient jdbc, UUID id, long size, String sha256) {
        return jdbc.sql("""
                        update files set state = 'READY', size = :size, sha256 = :sha256, touched_at = now()
                        where id = :id and state = 'UPLOADING'
                        returning id, name, size, sha256, content_type, created_at
                        """).param("id", id).param("size", size).param("sha256", sha256)
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
