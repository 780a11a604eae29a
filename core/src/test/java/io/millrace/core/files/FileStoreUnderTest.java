package io.millrace.core.files;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.unit.DataSize;

import io.millrace.testkit.TestPostgres;

/** A file store on a database of its own, with what a test may look at beside it. */
record FileStoreUnderTest(FileStore store, UnfinishedFiles unfinished, JdbcClient jdbc,
        TransactionTemplate transactions) {

    static FileStoreUnderTest create(DataSize maxSize) {
        return on(TestPostgres.dataSource(newDatabase()), maxSize);
    }

    static FileStoreUnderTest create() {
        return create(DataSize.ofGigabytes(5));
    }

    static FileStoreUnderTest on(DataSource dataSource, DataSize maxSize) {
        var jdbc = JdbcClient.create(dataSource);
        var transactions = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        var properties = new FilesProperties(maxSize, Duration.ofHours(1), Duration.ofMinutes(10));
        var postgres = new PostgresContent(jdbc);
        var stores = new ContentStores(jdbc, postgres, List.of(postgres));
        var removal = new FileRemoval(jdbc, stores);
        return new FileStoreUnderTest(new FileStore(jdbc, transactions, properties, stores, removal),
                new UnfinishedFiles(jdbc, stores, removal, properties), jdbc, transactions);
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
                 insert into files (id, state, name, touched_at)
                 values (:id, :state, 'left.csv', now() - make_interval(secs => :seconds))
                 """).param("id", id).param("state", state).param("seconds", untouched.toSeconds()).update();
        jdbc.sql("""
                 insert into file_chunks (file_id, seq, bytes)
                 select :id, seq, decode(repeat('00', 1000), 'hex') from generate_series(0, :last) seq
                 """).param("id", id).param("last", chunks - 1).update();
        return id;
    }
}
