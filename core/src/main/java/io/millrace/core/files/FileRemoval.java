package io.millrace.core.files;

import java.util.UUID;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Takes files away: invisible at once, then the content in bounded batches, the row last. */
@Component
final class FileRemoval {

    private static final Logger LOG = LoggerFactory.getLogger(FileRemoval.class);

    private final JdbcClient jdbc;
    private final ContentStores stores;

    FileRemoval(JdbcClient jdbc, ContentStores stores) {
        this.jdbc = jdbc;
        this.stores = stores;
    }

    boolean delete(UUID id) {
        boolean mine = claim(id, "READY");
        if (mine) {
            remove(id);
        }
        return mine;
    }

    /** Whether it has come in full or not. */
    boolean deleteUpload(UUID id) {
        boolean mine = claim(id, "UPLOADING") || claim(id, "READY");
        if (mine) {
            remove(id);
        }
        return mine;
    }

    /** Takes back a failed upload. What cannot be taken back now is left to the sweep; the failure is what counts. */
    void discard(UUID id, Throwable failure) {
        try {
            if (claim(id, "UPLOADING")) {
                remove(id);
            }
        } catch (DataAccessException | TransactionException | ContentUnavailable e) {
            failure.addSuppressed(e);
            LOG.warn("What came of upload {} could not be removed; it will be swept", id);
        }
    }

    /**
     * Whether the file was in that state: then it is the caller's to remove, and no upload adds to it and nobody finds it
     * any more.
     */
    private boolean claim(UUID id, String state) {
        return jdbc.sql("update files set state = 'DELETING', touched_at = now() where id = :id and state = :state")
                .param("id", id).param("state", state).update() == 1;
    }

    /** Removes what is DELETING; where it was begun before, it goes on. */
    void remove(UUID id) {
        stores.of(id).remove(id);
        // What it took is given back in the same commit, by a trigger.
        jdbc.sql("delete from files where id = :id and state = 'DELETING'").param("id", id).update();
    }
}
