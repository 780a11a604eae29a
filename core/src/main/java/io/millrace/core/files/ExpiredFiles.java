package io.millrace.core.files;

import java.util.Optional;
import java.util.UUID;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Files whose time is over: nobody finds them any more, and what they take is given back here. */
@Component
final class ExpiredFiles {

    private static final Logger LOG = LoggerFactory.getLogger(ExpiredFiles.class);

    private final JdbcClient jdbc;
    private final ContentStores stores;
    private final FileRemoval removal;

    ExpiredFiles(JdbcClient jdbc, ContentStores stores, FileRemoval removal) {
        this.jdbc = jdbc;
        this.stores = stores;
        this.removal = removal;
    }

    /** Removes all of them, one at a time; any number of processes may do so at once. */
    void sweep() {
        for (var claimed = claimOne(); claimed.isPresent(); claimed = claimOne()) {
            removal.remove(claimed.get());
            LOG.info("File {} had expired and is removed", claimed.get());
        }
    }

    private Optional<UUID> claimOne() {
        return jdbc.sql("""
                        update files set state = 'DELETING', touched_at = now()
                        where id = (
                            select id from files
                            where state = 'READY' and expires_at <= now() and store in (:stores)
                            order by expires_at
                            limit 1
                            for update skip locked
                        )
                        returning id
                        """).param("stores", stores.names()).query(UUID.class).optional();
    }
}
