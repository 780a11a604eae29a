package io.millrace.core.files;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;

import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.unit.DataSize;

import io.millrace.testkit.TestPostgres;

/** A file store on a database of its own, with what a test may look at beside it. */
record FileStoreUnderTest(FileStore store, UnfinishedFiles unfinished, JdbcClient jdbc,
        TransactionTemplate transactions, ContentStores stores, FileUsage usage, ExpiredFiles expired) {

    static FileStoreUnderTest create(DataSize maxSize) {
        return on(TestPostgres.dataSource(newDatabase()), maxSize);
    }

    static FileStoreUnderTest create() {
        return create(DataSize.ofGigabytes(5));
    }

    static FileStoreUnderTest on(DataSource dataSource, DataSize maxSize) {
        return on(dataSource, maxSize, PostgresContent.NAME, List.of());
    }

    static FileStoreUnderTest on(DataSource dataSource, DataSize maxSize, String store, List<Pieces> elsewhere) {
        var properties = new FilesProperties(maxSize, Duration.ofHours(1), Duration.ofMinutes(10),
                PostgresContent.NAME, null, null, null, new FilesProperties.Quota(null, Map.of()), null);
        return on(dataSource, properties, store, elsewhere);
    }

    /** With limits for keys, and shown to a scanner. */
    static FileStoreUnderTest guarded(FilesProperties.Quota quota, FilesProperties.@Nullable Antivirus antivirus) {
        var properties = new FilesProperties(DataSize.ofGigabytes(5), Duration.ofHours(1), Duration.ofMinutes(10),
                PostgresContent.NAME, null, null, null, quota, antivirus);
        return on(TestPostgres.dataSource(newDatabase()), properties, PostgresContent.NAME, List.of());
    }

    private static FileStoreUnderTest on(DataSource dataSource, FilesProperties properties, String store,
            List<Pieces> elsewhere) {
        var jdbc = JdbcClient.create(dataSource);
        var transactions = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        var stores = ContentStores.of(jdbc, store, elsewhere);
        var removal = new FileRemoval(jdbc, stores);
        var usage = new FileUsage(jdbc, transactions, properties);
        return new FileStoreUnderTest(
                new FileStore(jdbc, transactions, properties, stores, removal, usage,
                        new VirusScan(stores, properties)),
                new UnfinishedFiles(jdbc, stores, removal, properties), jdbc, transactions, stores, usage,
                new ExpiredFiles(jdbc, stores, removal));
    }

    static String newDatabase() {
        String url = TestPostgres.newDatabase();
        Flyway.configure().dataSource(TestPostgres.dataSource(url)).load().migrate();
        return url;
    }

    int rows() {
        return jdbc.sql("select count(*) from files").query(Integer.class).single();
    }

    int chunks() {
        return jdbc.sql("select count(*) from file_chunks").query(Integer.class).single();
    }

    /** A file as a killed process would leave it, untouched for this long. */
    UUID leftOver(String state, Duration untouched, int chunks) {
        UUID id = UUID.randomUUID();
        jdbc.sql("""
                 insert into files (id, state, store, name, touched_at)
                 values (:id, :state, 'postgres', 'left.csv', now() - make_interval(secs => :seconds))
                 """).param("id", id).param("state", state).param("seconds", untouched.toSeconds()).update();
        jdbc.sql("""
                 insert into file_chunks (file_id, seq, bytes)
                 select :id, seq, decode(repeat('00', 1000), 'hex') from generate_series(0, :last) seq
                 """).param("id", id).param("last", chunks - 1).update();
        return id;
    }
}
