package io.millrace.worker.users;

import java.io.IOException;
import java.util.UUID;
import java.util.function.LongSupplier;

import io.millrace.core.files.StoredFile;
import io.millrace.worker.files.TableText;

/** The rows of a file, checked, in chunks of bounded size; for one thread at a time. */
final class ReadChunks {

    /** What a run that was killed has to do again. */
    private static final int ROWS = 10_000;
    private static final int BYTES = 4 * 1024 * 1024;

    private final UUID jobId;
    private final CheckUser check;
    private final LongSupplier bytesRead;
    private final RowText rows;
    private final UserFormat format;
    private long done;

    private ReadChunks(UUID jobId, CheckUser check, LongSupplier bytesRead, RowText rows, UserFormat format) {
        this.jobId = jobId;
        this.check = check;
        this.bytesRead = bytesRead;
        this.rows = rows;
        this.format = format;
        this.done = rows.number();
    }

    /**
     * Reads the header, if the format has one, and goes on behind {@code lastRow}. What is before that is read again, as
     * nothing else tells where in a text of any encoding a row begins.
     */
    static ReadChunks of(StoredFile file, CountedInput content, UUID jobId, long lastRow, CheckUser check)
            throws IOException {
        var table = TableText.of(file, content);
        var rows = table.jsonLines()
                ? RowText.lines(table.text())
                : RowText.delimited(table.text(), table.delimiter());
        var format = table.jsonLines() ? new UserMembers() : header(rows, file.id());
        var chunks = new ReadChunks(jobId, check, content::bytes, rows, format);
        chunks.skipTo(lastRow);
        return chunks;
    }

    private static UserFormat header(RowText rows, UUID fileId) throws IOException {
        boolean any = rows.advance();
        while (any && rows.isBlank()) {
            any = rows.advance();
        }
        return UserColumns.of(rows, fileId);
    }

    private void skipTo(long lastRow) throws IOException {
        while (rows.number() < lastRow && rows.advance()) {
            // It is done with.
        }
        done = Math.max(done, lastRow);
    }

    Chunk next(long after) throws IOException {
        var users = new CopyRows(2);
        var rejects = new CopyRows(4);
        boolean more = true;
        while (users.rows() + rejects.rows() < ROWS && users.size() + rejects.size() < BYTES
                && (more = rows.advance())) {
            done = rows.number();
            if (!rows.isBlank()) {
                add(users, rejects);
            }
        }
        return new Chunk(after, Math.max(after, done), users.end(), rejects.end(), bytesRead.getAsLong(), !more);
    }

    private void add(CopyRows users, CopyRows rejects) {
        String damage = rows.damage();
        var fields = damage == null ? format.read(rows) : UserFields.unreadable(damage);
        String problem = check.problem(fields);
        if (problem == null) {
            users.row().value(String.valueOf(fields.email())).value(String.valueOf(fields.fullName()));
        } else {
            rejects.row().value(jobId).value(rows.number()).value(problem)
                    .value(rows.original().replace('\0', '\uFFFD'));
        }
    }
}
