package io.millrace.core.files;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The rows of uploads in several requests, and whose turn it is. Of several requests the last to come may write: it puts its token
 * into the row, and those before it find theirs gone before the next piece. While a piece is being written nobody can, so
 * that no late one overwrites a newer one. Times are the database's.
 */
@Component
final class UploadRows {

    private final JdbcClient jdbc;
    private final ResumableProperties properties;

    UploadRows(JdbcClient jdbc, ResumableProperties properties) {
        this.jdbc = jdbc;
        this.properties = properties;
    }

    /** Beside the row in files. */
    void insert(UUID id, NewUpload upload) {
        jdbc.sql("""
                 insert into resumable_uploads (file_id, length, metadata, process, expires_at)
                 values (:id, :length, :metadata, :process, now() + make_interval(secs => :keep))
                 """).param("id", id).param("length", upload.length()).param("metadata", upload.metadata())
                .param("process", upload.process()).param("keep", keep()).update();
    }

    /**
     * Empty if there is none of this owner.
     *
     * @throws UploadExpired
     *             if only the sweep has not come by yet
     */
    Optional<ResumableUpload> find(UUID id, String owner) {
        return jdbc.sql("""
                        select u.*, f.owner, f.state, u.expires_at <= now() as expired
                        from resumable_uploads u join files f on f.id = u.file_id
                        where u.file_id = :id and f.owner = :owner and f.state in ('UPLOADING', 'READY')
                        """).param("id", id).param("owner", owner).query(UploadRows::read).optional();
    }

    /** False if it goes on elsewhere, has expired, or somebody is writing a piece. */
    boolean takeOver(UUID id, long offset, UUID writer) {
        return jdbc
                .sql("""
                     update resumable_uploads u
                     set writer = :writer, expires_at = now() + make_interval(secs => :keep)
                     from files f
                     where u.file_id = :id and u.received = :offset and u.writing_until < now() and u.expires_at > now()
                         and f.id = u.file_id and f.state = 'UPLOADING'
                     """).param("id", id).param("offset", offset).param("writer", writer).param("keep", keep())
                .update() == 1;
    }

    /** Whether nobody can add to it any more. */
    boolean isGone(UUID id) {
        return !jdbc.sql("""
                         select exists (
                             select from resumable_uploads u join files f on f.id = u.file_id
                             where u.file_id = :id and f.state = 'UPLOADING' and u.expires_at > now())
                         """).param("id", id).query(Boolean.class).single();
    }

    /** For this long at most nobody takes over. False if somebody has. */
    boolean beginWriting(UUID id, UUID writer, Duration lease) {
        return jdbc.sql("""
                        update resumable_uploads set writing_until = now() + make_interval(secs => :lease)
                        where file_id = :id and writer = :writer
                        """).param("id", id).param("writer", writer).param("lease", lease.toSeconds()).update() == 1;
    }

    /** Lets others take over from {@code received}. False if somebody has, after the lease. */
    boolean endWriting(UUID id, UUID writer, long received) {
        return jdbc.sql("""
                        update resumable_uploads
                        set received = :received, writing_until = '-infinity',
                            expires_at = now() + make_interval(secs => :keep)
                        where file_id = :id and writer = :writer
                        """).param("id", id).param("writer", writer).param("received", received)
                .param("keep", keep()).update() == 1;
    }

    /** To be called in the transaction in which the file appears. False if somebody has taken over. */
    boolean complete(UUID id, UUID writer, @Nullable UUID jobId) {
        return jdbc.sql("""
                        update resumable_uploads
                        set received = length, job_id = :job, writer = null, writing_until = '-infinity'
                        where file_id = :id and writer = :writer
                        """).param("id", id).param("writer", writer).param("job", jobId).update() == 1;
    }

    private long keep() {
        return properties.expiresAfter().toSeconds();
    }

    private static ResumableUpload read(ResultSet row, int number) throws SQLException {
        UUID id = row.getObject("file_id", UUID.class);
        boolean isComplete = row.getString("state").equals("READY");
        if (row.getBoolean("expired") && !isComplete) {
            throw new UploadExpired(id);
        }
        return new ResumableUpload(id, row.getString("owner"),
                row.getLong("length"), row.getLong("received"), row.getString("metadata"), row.getString("process"),
                row.getObject("job_id", UUID.class), row.getObject("expires_at", OffsetDateTime.class).toInstant(),
                isComplete);
    }
}
