package io.millrace.core.files;

import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Contents as rows of {@code file_chunks}: nothing more to run, and in every backup of the database. */
final class PostgresContent implements ContentStore {

    static final String NAME = "postgres";

    /** As the constraint on {@code file_chunks} has it. */
    static final int CHUNK_BYTES = 256 * 1024;

    /** A megabyte a query: enough to make the round trip cheap. */
    private static final int CHUNKS_PER_QUERY = 4;

    /** 16 MiB a statement, some ten milliseconds. */
    private static final int CHUNKS_PER_BATCH = 64;

    private final JdbcClient jdbc;

    PostgresContent(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int pieceBytes() {
        return CHUNK_BYTES;
    }

    /** The row is looked at in the same statement, under its lock: no chunk slips in behind the sweep. */
    @Override
    public boolean put(UUID file, @Nullable UUID writer, int seq, byte[] piece) {
        if (writer != null) {
            return putInTurn(file, writer, seq, piece);
        }
        return jdbc.sql("""
                        with alive as (
                            update files set touched_at = now() where id = :id and state = 'UPLOADING' returning id
                        )
                        insert into file_chunks (file_id, seq, bytes) select id, :seq, :bytes from alive
                        on conflict (file_id, seq) do update set bytes = excluded.bytes
                        """).param("id", file).param("seq", seq).param("bytes", piece).update() == 1;
    }

    /**
     * Nor does one slip in behind another writer's. Locked in the order in which whoever completes an upload changes the two. Such an
     * upload is swept by a time of its own, so its row in files needs no touch.
     */
    private boolean putInTurn(UUID file, UUID writer, int seq, byte[] piece) {
        return jdbc.sql("""
                        insert into file_chunks (file_id, seq, bytes)
                        select f.id, :seq, :bytes
                        from files f join resumable_uploads u on u.file_id = f.id
                        where f.id = :id and f.state = 'UPLOADING' and u.writer = :writer
                        for no key update of f for share of u
                        on conflict (file_id, seq) do update set bytes = excluded.bytes
                        """).param("id", file).param("writer", writer).param("seq", seq).param("bytes", piece)
                .update() == 1;
    }

    @Override
    public List<byte[]> get(UUID file, int seq, int end) {
        int wanted = Math.min(CHUNKS_PER_QUERY, end - seq);
        List<byte[]> chunks = jdbc.sql("""
                                       select bytes from file_chunks
                                       where file_id = :id and seq >= :seq and seq < :end order by seq
                                       """).param("id", file).param("seq", seq).param("end", seq + wanted)
                .query((row, n) -> row.getBytes("bytes")).list();
        return chunks.size() == wanted ? chunks : List.of();
    }

    @Override
    public void remove(UUID file) {
        // From the end, by number: a batch never walks over the dead entries that the one before left in the index.
        int end = jdbc.sql("select coalesce(max(seq) + 1, 0) from file_chunks where file_id = :id").param("id", file)
                .query(Integer.class).single();
        while (end > 0) {
            int start = Math.max(0, end - CHUNKS_PER_BATCH);
            jdbc.sql("delete from file_chunks where file_id = :id and seq >= :start and seq < :end").param("id", file)
                    .param("start", start).param("end", end).update();
            end = start;
        }
    }
}
