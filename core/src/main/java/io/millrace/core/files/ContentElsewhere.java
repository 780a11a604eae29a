package io.millrace.core.files;

import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Contents outside the database. The row is looked at before and after a piece is written: the sweep takes no upload that
 * was touched so lately, and a piece that was written behind a removal all the same (by a process that was frozen, or while
 * its file was deleted) is taken back by who wrote it.
 */
final class ContentElsewhere implements ContentStore {

    private final JdbcClient jdbc;
    private final Pieces pieces;

    ContentElsewhere(JdbcClient jdbc, Pieces pieces) {
        this.jdbc = jdbc;
        this.pieces = pieces;
    }

    @Override
    public String name() {
        return pieces.name();
    }

    @Override
    public int pieceBytes() {
        return pieces.pieceBytes();
    }

    @Override
    public Room room() {
        return pieces.room();
    }

    @Override
    public boolean put(UUID file, @Nullable UUID writer, int seq, byte[] piece) {
        if (!touch(file, writer)) {
            return false;
        }
        pieces.put(file, seq, piece);
        boolean stays = touch(file, writer);
        if (!stays && isGone(file)) {
            pieces.remove(file);
        }
        return stays;
    }

    private boolean touch(UUID file, @Nullable UUID writer) {
        return jdbc.sql("""
                        update files set touched_at = now()
                        where id = :id and state = 'UPLOADING'
                            and (cast(:writer as uuid) is null
                                or exists (select from resumable_uploads where file_id = :id and writer = :writer))
                        """).param("id", file).param("writer", writer).update() == 1;
    }

    private boolean isGone(UUID file) {
        return !jdbc.sql("select exists (select from files where id = :id and state in ('UPLOADING', 'READY'))")
                .param("id", file).query(Boolean.class).single();
    }

    @Override
    public List<byte[]> get(UUID file, int seq, int end) {
        return pieces.get(file, seq, end);
    }

    @Override
    public void settle(UUID file) {
        pieces.settle(file);
    }

    @Override
    public void remove(UUID file) {
        pieces.remove(file);
    }
}
