package io.millrace.core.files;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FileStoreTest {

    private static final int CHUNK = PostgresContent.CHUNK_BYTES;

    private final FileStoreUnderTest files = FileStoreUnderTest.create();
    private final FileStore store = files.store();

    @Test
    void keepsAFileAsItCame() throws Exception {
        StoredFile stored = store.store("Ångström.csv", "text/csv", text("a,b\n1,2\n"));

        assertThat(store.find(stored.id())).contains(stored);
        assertThat(stored).returns("Ångström.csv", StoredFile::name).returns(8L, StoredFile::size)
                .returns("text/csv", StoredFile::contentType)
                .returns(sha256("a,b\n1,2\n".getBytes(StandardCharsets.UTF_8)), StoredFile::sha256);
        assertThat(store.open(stored)).hasContent("a,b\n1,2\n");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 4 * CHUNK, 9 * CHUNK + 17})
    void readsBackEveryByteWhateverTheLength(int length) throws Exception {
        byte[] content = new RandomBytes(length).readAllBytes();

        StoredFile stored = store.store("random.bin", null, new ByteArrayInputStream(content));

        assertThat(stored.size()).isEqualTo(length);
        assertThat(stored.sha256()).isEqualTo(sha256(content));
        assertThat(files.chunks()).isEqualTo(Math.ceilDiv(length, CHUNK));
        assertThat(store.open(stored).readAllBytes()).isEqualTo(content);
    }

    @Test
    void streamsAHundredMegabytesInPiecesOfAChunk() throws Exception {
        var content = new RandomBytes(100_000_000);
        try (var pool = poolOfOne()) {
            FileStore pooled = FileStoreUnderTest.on(pool, DataSize.ofGigabytes(5)).store();

            StoredFile stored = pooled.store("large.bin", null, content);

            assertThat(stored.size()).isEqualTo(100_000_000);
            assertThat(content.longestRead()).isLessThanOrEqualTo(CHUNK);
            var digest = MessageDigest.getInstance("SHA-256");
            try (var back = new DigestInputStream(pooled.open(stored), digest)) {
                assertThat(back.transferTo(OutputStream.nullOutputStream())).isEqualTo(100_000_000);
            }
            assertThat(HexFormat.of().formatHex(digest.digest())).isEqualTo(stored.sha256());
        }
    }

    @Test
    void readsByteByByteAndSkipsToAnyPosition() throws IOException {
        byte[] content = new RandomBytes(6 * CHUNK).readAllBytes();
        StoredFile stored = store.store("random.bin", null, new ByteArrayInputStream(content));

        try (InputStream in = store.open(stored)) {
            assertThat(in.read()).isEqualTo(Byte.toUnsignedInt(content[0]));
            in.skipNBytes(5 * CHUNK + 2);
            assertThat(in.read()).isEqualTo(Byte.toUnsignedInt(content[5 * CHUNK + 3]));
            assertThat(in.skip(Long.MAX_VALUE)).isEqualTo(CHUNK - 4);
            assertThat(in.read()).isEqualTo(-1);
        }
    }

    @Test
    void holdsNoConnectionWhileEitherEndIsSlow() throws IOException {
        try (var pool = poolOfOne()) {
            var narrow = FileStoreUnderTest.on(pool, DataSize.ofGigabytes(5));
            InputStream slow = Interlude.between(new RandomBytes(2 * CHUNK + 1),
                    () -> assertThat(narrow.rows()).as("rows, by the only connection").isEqualTo(1),
                    new RandomBytes(CHUNK));

            StoredFile stored = narrow.store().store("slow.bin", null, slow);

            try (InputStream in = narrow.store().open(stored)) {
                assertThat(in.read()).isNotNegative();
                assertThat(narrow.rows()).isEqualTo(1);
            }
        }
    }

    @Test
    void showsNothingOfAnUploadBeforeItIsComplete() throws IOException {
        InputStream content = Interlude.between(new RandomBytes(2 * CHUNK), () -> {
            UUID id = files.jdbc().sql("select id from files").query(UUID.class).single();
            assertThat(store.find(id)).isEmpty();
            assertThat(store.delete(id)).isFalse();
        }, text("the rest"));

        StoredFile stored = store.store("seen.csv", null, content);

        assertThat(store.find(stored.id())).isPresent();
    }

    @Test
    void keepsNothingOfAnUploadThatBreaks() {
        InputStream breaking = Interlude.between(new RandomBytes(3 * CHUNK), () -> {
            throw new IOException("the client went away");
        }, text("never read"));

        assertThatThrownBy(() -> store.store("half.csv", null, breaking))
                .isInstanceOf(IOException.class).hasMessage("the client went away");

        assertThat(files.rows()).isZero();
        assertThat(files.chunks()).isZero();
    }

    @Test
    void takesAFileOfExactlyTheLimitAndRefusesOneByteMore() throws IOException {
        var limited = FileStoreUnderTest.create(DataSize.ofBytes(2 * CHUNK + 5));

        limited.store().store("fits.bin", null, new RandomBytes(2 * CHUNK + 5));

        assertThatThrownBy(() -> limited.store().store("larger.bin", null, new RandomBytes(2 * CHUNK + 6)))
                .isInstanceOfSatisfying(FileTooLarge.class, e -> assertThat(e.maxBytes()).isEqualTo(2 * CHUNK + 5));
        assertThat(limited.rows()).isOne();
        assertThat(limited.chunks()).isEqualTo(3);
    }

    @Test
    void refusesAnAnnouncedLengthOverTheLimit() {
        var limited = FileStoreUnderTest.create(DataSize.ofBytes(10)).store();

        limited.requireFits(10);

        assertThatThrownBy(() -> limited.requireFits(11)).isInstanceOf(FileTooLarge.class);
    }

    @Test
    void commitsWhatTheCallerWritesTogetherWithTheFile() throws IOException {
        files.jdbc().sql("create table beside (file_id uuid)").update();

        UUID id = store.store(NewFile.called("a.csv", null), text("a"), file -> {
            files.jdbc().sql("insert into beside values (:id)").param("id", file.id()).update();
            return file.id();
        });

        assertThat(store.find(id)).isPresent();
        assertThat(files.jdbc().sql("select file_id from beside").query(UUID.class).list()).containsExactly(id);
    }

    @Test
    void keepsNeitherFileNorCompanyIfTheCallerFails() {
        files.jdbc().sql("create table beside (file_id uuid)").update();

        assertThatThrownBy(() -> store.store(NewFile.called("a.csv", null), text("a"), file -> {
            files.jdbc().sql("insert into beside values (:id)").param("id", file.id()).update();
            throw new IllegalStateException("the caller changed its mind");
        })).hasMessage("the caller changed its mind");

        assertThat(files.rows()).isZero();
        assertThat(files.chunks()).isZero();
        assertThat(files.jdbc().sql("select file_id from beside").query(UUID.class).list()).isEmpty();
    }

    @Test
    void refusesToStoreWithinATransaction() {
        assertThatThrownBy(() -> files.transactions().execute(status -> {
            try {
                return store.store("a.csv", null, text("a"));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        })).isInstanceOf(IllegalStateException.class).hasMessageContaining("within a transaction");
    }

    @Test
    void deletesRowAndContentOverSeveralBatches() throws IOException {
        StoredFile stored = store.store("large.bin", null, new RandomBytes(130L * CHUNK));
        StoredFile other = store.store("other.bin", null, text("stays"));

        assertThat(store.delete(stored.id())).isTrue();

        assertThat(store.find(stored.id())).isEmpty();
        assertThat(store.delete(stored.id())).isFalse();
        assertThat(files.rows()).isOne();
        assertThat(files.chunks()).isOne();
        assertThat(store.open(other)).hasContent("stays");
    }

    @Test
    void tellsAReaderThatTheFileWasDeletedRatherThanEndEarly() throws IOException {
        StoredFile stored = store.store("large.bin", null, new RandomBytes(9 * CHUNK));
        try (InputStream in = store.open(stored)) {
            in.readNBytes(10);
            store.delete(stored.id());

            assertThatThrownBy(in::readAllBytes).isInstanceOf(NoSuchFileException.class)
                    .hasMessageContaining(stored.id().toString());
        }
    }

    @Test
    void refusesToReadAClosedStream() throws IOException {
        InputStream in = store.open(store.store("a.csv", null, text("a")));
        in.close();

        assertThatThrownBy(in::read).isInstanceOf(IOException.class).hasMessage("the stream is closed");
    }

    private static HikariDataSource poolOfOne() {
        var config = new HikariConfig();
        config.setJdbcUrl(FileStoreUnderTest.newDatabase());
        config.setMaximumPoolSize(1);
        config.setConnectionTimeout(250);
        return new HikariDataSource(config);
    }

    private static InputStream text(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String sha256(byte[] content) throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    }
}
