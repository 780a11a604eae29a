package io.millrace.core.files;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.unit.DataSize;

/** One file on its way in: a row that nobody sees until {@link #complete}. */
final class FileUpload {

    /** As the constraint on {@code file_chunks} has it. */
    static final int CHUNK_BYTES = 256 * 1024;

    private final JdbcClient jdbc;
    private final UUID id = UUID.randomUUID();
    private final MessageDigest sha256 = newSha256();
    private long size;
    private int chunks;

    private FileUpload(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    static FileUpload begin(JdbcClient jdbc, String name, @Nullable String contentType) {
        var upload = new FileUpload(jdbc);
        jdbc.sql("insert into files (id, state, name, content_type) values (:id, 'UPLOADING', :name, :contentType)")
                .param("id", upload.id).param("name", name).param("contentType", contentType).update();
        return upload;
    }

    UUID id() {
        return id;
    }

    /** Writes the content chunk by chunk, each in a commit of its own; no connection is held while it is read. */
    void receive(InputStream content, DataSize maxSize) throws IOException {
        byte[] buffer = new byte[CHUNK_BYTES];
        int read;
        while ((read = content.readNBytes(buffer, 0, CHUNK_BYTES)) > 0) {
            size += read;
            if (size > maxSize.toBytes()) {
                throw new FileTooLarge(maxSize);
            }
            sha256.update(buffer, 0, read);
            append(read == CHUNK_BYTES ? buffer : Arrays.copyOf(buffer, read));
        }
    }

    /** The row is looked at in the same statement, under its lock: no chunk slips in behind the sweep. */
    private void append(byte[] bytes) {
        int appended = jdbc
                .sql("""
                     with alive as (
                         update files set touched_at = now() where id = :id and state = 'UPLOADING' returning id
                     )
                     insert into file_chunks (file_id, seq, bytes) select id, :seq, :bytes from alive
                     """).param("id", id).param("seq", chunks++).param("bytes", bytes).update();
        if (appended == 0) {
            throw new UploadExpired(id);
        }
    }

    /** Makes the file appear when the surrounding transaction commits. */
    StoredFile complete() {
        return jdbc.sql("""
                        update files set state = 'READY', size = :size, sha256 = :sha256, touched_at = now()
                        where id = :id and state = 'UPLOADING'
                        returning id, name, size, sha256, content_type, created_at
                        """).param("id", id).param("size", size)
                .param("sha256", HexFormat.of().formatHex(sha256.digest()))
                .query(StoredFileRow::read).optional().orElseThrow(() -> new UploadExpired(id));
    }

    private static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
