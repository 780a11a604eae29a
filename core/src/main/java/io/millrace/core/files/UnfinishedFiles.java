package io.millrace.core.files;

import java.util.Optional;
import java.util.UUID;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What uploads and removals left behind when their process was killed. */
@Component
final class UnfinishedFiles {

    private static final Logger LOG = LoggerFactory.getLogger(UnfinishedFiles.class);

    private final JdbcClient jdbc;
    private final ContentStores stores;
    private final FileRemoval removal;
    private final FilesProperties properties;

    UnfinishedFiles(JdbcClient jdbc, ContentStores stores, FileRemoval removal, FilesProperties properties) {
        this.jdbc = jdbc;
        this.stores = stores;
        this.removal = removal;
        this.properties = properties;
    }

    /** Removes all of them, one at a time; any number of processes may do so at once. */
    void sweep() {
        for (var claimed = claimOne(); claimed.isPresent(); claimed = claimOne()) {
            removal.remove(claimed.get());
            LOG.info("Swept what was left of file {}", claimed.get());
        }
    }

    /**
     * By the database's clock, which wrote touched_at; a claimed one counts as touched, so it is nobody else's. An upload in several
     * requests has a time of its own.
     */
    private Optional<UUID> claimOne() {
        return jdbc.sql("""
                        update files set state = 'DELETING', touched_at = now()
                        where id = (
                            select f.id
                            from files f left join resumable_uploads u on u.file_id = f.id and f.state = 'UPLOADING'
                            where f.state <> 'READY' and f.store in (:stores)
                                and coalesce(u.expires_at, f.touched_at + make_interval(secs => :seconds)) < now()
                            limit 1
                            for update of f skip locked
                        )
                        returning id
                        """).param("seconds", properties.abandonedAfter().toSeconds())
                .param("stores", stores.names()).query(UUID.class).optional();
    }
}
