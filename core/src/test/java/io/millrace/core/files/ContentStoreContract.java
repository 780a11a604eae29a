package io.millrace.core.files;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.util.unit.DataSize;

import io.millrace.testkit.TestPostgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What every store of contents keeps to, wherever the bytes are. */
abstract class ContentStoreContract {

    private FileStoreUnderTest files;
    private ContentStore contents;
    private int piece;

    /** What the setting {@code millrace.files.store} would be. */
    abstract String name();

    /** The places that the settings name. */
    abstract List<Pieces> places();

    @BeforeEach
    void open() {
        files = FileStoreUnderTest.on(TestPostgres.dataSource(FileStoreUnderTest.newDatabase()),
                DataSize.ofGigabytes(5), name(), places());
        contents = files.stores().current();
        piece = contents.pieceBytes();
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0, 1", "1, -1", "1, 0", "1, 1", "2, 17"})
    void readsBackEveryByteWhateverTheLength(int pieces, int more) throws Exception {
        byte[] content = new RandomBytes((long) pieces * piece + more).readAllBytes();

        StoredFile stored = files.store().store("random.bin", null, new ByteArrayInputStream(content));

        assertThat(stored).returns((long) content.length, StoredFile::size).returns(sha256(content),
                StoredFile::sha256);
        try (InputStream in = files.store().open(stored)) {
            assertThat(Arrays.equals(in.readAllBytes(), content)).isTrue();
        }
    }

    @Test
    void readsFromAnyPosition() throws IOException {
        byte[] content = new RandomBytes(2L * piece + 9).readAllBytes();
        StoredFile stored = files.store().store("random.bin", null, new ByteArrayInputStream(content));

        try (InputStream in = files.store().open(stored)) {
            in.skipNBytes(piece + 5);

            assertThat(in.readNBytes(10)).isEqualTo(Arrays.copyOfRange(content, piece + 5, piece + 15));
        }
    }

    @Test
    void keepsThePieceThatCameLastUnderItsNumber() {
        UUID file = upload();

        contents.put(file, null, 0, bytes("first and longer"));
        contents.put(file, null, 0, bytes("second"));

        assertThat(contents.get(file, 0, 1)).containsExactly(bytes("second"));
        assertThat(contents.get(file, 1, 2)).isEmpty();
    }

    @Test
    void keepsNothingOfAnUploadThatBreaks() {
        InputStream breaking = Interlude.between(new RandomBytes(piece + 1L), () -> {
            throw new IOException("the client went away");
        }, InputStream.nullInputStream());

        assertThatThrownBy(() -> files.store().store("half.csv", null, breaking))
                .hasMessage("the client went away");

        assertThat(files.rows()).isZero();
    }

    @Test
    void takesNoPieceOfAnUploadThatIsNoMore() {
        UUID file = upload();
        contents.put(file, null, 0, bytes("kept"));
        files.jdbc().sql("update files set state = 'DELETING' where id = :id").param("id", file).update();

        assertThat(contents.put(file, null, 1, bytes("too late"))).isFalse();

        assertThat(contents.get(file, 1, 2)).isEmpty();
    }

    @Test
    void takesNoPieceOfAWriterWhoseTurnIsOverAndLeavesWhatTheNextOneBrought() {
        UUID file = upload();
        UUID before = UUID.randomUUID();
        UUID now = UUID.randomUUID();
        files.jdbc().sql("""
                         insert into resumable_uploads (file_id, length, metadata, process, writer, expires_at)
                         values (:id, 100, '', 'none', :writer, now() + interval '1 hour')
                         """).param("id", file).param("writer", before).update();
        assertThat(contents.put(file, before, 0, bytes("first"))).isTrue();
        files.jdbc().sql("update resumable_uploads set writer = :writer").param("writer", now).update();
        assertThat(contents.put(file, now, 0, bytes("second, longer"))).isTrue();

        assertThat(contents.put(file, before, 0, bytes("frozen"))).isFalse();

        assertThat(contents.get(file, 0, 1)).containsExactly(bytes("second, longer"));
    }

    @Test
    void sweepsWhatAKilledProcessLeft() {
        UUID file = upload();
        contents.put(file, null, 0, bytes("left"));
        files.jdbc().sql("update files set touched_at = now() - interval '2 hours'").update();

        files.unfinished().sweep();

        assertThat(contents.get(file, 0, 1)).isEmpty();
        assertThat(files.rows()).isZero();
    }

    @Test
    void deletesAFileForGoodAndNoOther() throws IOException {
        StoredFile stored = files.store().store("a.bin", null, new RandomBytes(piece + 1L));
        StoredFile other = files.store().store("b.bin", null, new ByteArrayInputStream(bytes("stays")));

        assertThat(files.store().delete(stored.id())).isTrue();

        assertThat(contents.get(stored.id(), 0, 1)).isEmpty();
        assertThat(contents.get(stored.id(), 1, 2)).isEmpty();
        contents.remove(stored.id());
        assertThat(files.store().open(other)).hasContent("stays");
    }

    @Test
    void tellsAReaderThatTheFileWasDeletedRatherThanEndEarly() throws IOException {
        StoredFile stored = files.store().store("large.bin", null, new RandomBytes(5L * piece));
        try (InputStream in = files.store().open(stored)) {
            in.readNBytes(10);
            files.store().delete(stored.id());

            assertThatThrownBy(in::readAllBytes).isInstanceOf(NoSuchFileException.class);
        }
    }

    @Test
    void stillReadsWhatIsInTheStoreOfBefore() throws IOException {
        StoredFile stored = files.store().store("a.csv", null, new ByteArrayInputStream(bytes("of before")));
        var later = ContentStores.of(files.jdbc(), PostgresContent.NAME, places());

        try (InputStream in = new FileContent(later, stored.id(), stored.size())) {
            assertThat(in).hasContent("of before");
        }
    }

    FileStoreUnderTest files() {
        return files;
    }

    private UUID upload() {
        UUID id = UUID.randomUUID();
        files.jdbc().sql("insert into files (id, state, store, name) values (:id, 'UPLOADING', :store, 'a.csv')")
                .param("id", id).param("store", name()).update();
        return id;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String sha256(byte[] content) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    }
}
