package io.millrace.core.files;

import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Counts what each key's files take, uploads under way included. It is exact whatever happens at once: who changes
 * {@code files.counted} changes the key's row in the same commit, and a limit is looked at under that row's lock. What a row of
 * {@code files} has counted is given back by a trigger when that is deleted.
 */
@Component
final class FileUsage {

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final FilesProperties.Quota quota;

    FileUsage(JdbcClient jdbc, TransactionOperations transactions, FilesProperties properties) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.quota = properties.quota();
    }

    /**
     * Counts more for an upload that turned out longer than announced; nothing if it is not UPLOADING any more.
     *
     * @throws QuotaExceeded
     *             if that is too much; nothing is counted then
     */
    void grow(UUID file, String owner, long bytes) {
        transactions.executeWithoutResult(status -> {
            int grown = jdbc.sql("""
                                 update files set counted = counted + :bytes where id = :id and state = 'UPLOADING'
                                 """).param("bytes", bytes).param("id", file).update();
            if (grown == 1) {
                add(owner, bytes);
            }
        });
    }

    /** The same within the transaction of who has written {@code files.counted}. */
    void add(@Nullable String owner, long bytes) {
        if (owner == null || bytes == 0) {
            return;
        }
        long limit = quota.of(owner);
        int added = jdbc.sql("""
                             insert into file_usage as u (owner, bytes) select :owner, :bytes where :bytes <= :limit
                             on conflict (owner) do update set bytes = u.bytes + excluded.bytes
                             where u.bytes + excluded.bytes <= :limit
                             """).param("owner", owner).param("bytes", bytes).param("limit", limit).update();
        if (added == 0) {
            throw new QuotaExceeded(used(owner), limit);
        }
    }

    long used(String owner) {
        return jdbc.sql("select bytes from file_usage where owner = :owner").param("owner", owner).query(Long.class)
                .optional().orElse(0L);
    }
}
