package io.millrace.core.files;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

import io.millrace.testkit.S3Server;
import io.millrace.testkit.TestPostgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class S3ContentTest extends ContentStoreContract {

    private static S3Server server;

    @BeforeAll
    static void startServer() {
        server = S3Server.start();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @Override
    String name() {
        return S3Pieces.NAME;
    }

    @Override
    List<Pieces> places() {
        return List.of(pieces(S3Server.BUCKET, S3Server.SECRET_KEY));
    }

    @Test
    void startsOnABucketThatIsThere() {
        pieces(S3Server.BUCKET, S3Server.SECRET_KEY).check();
    }

    @Test
    void refusesToStartWithAWrongSecretAndSaysSoInASentence() {
        var pieces = pieces(S3Server.BUCKET, "wrong");

        assertThatThrownBy(pieces::check).isInstanceOf(UnusableContentStore.class)
                .hasMessageContaining("403 SignatureDoesNotMatch").hasMessageNotContaining("wrong");
    }

    @Test
    void refusesToStartWithoutTheBucketAndSaysSoInASentence() {
        var pieces = pieces("no-such-bucket", S3Server.SECRET_KEY);

        assertThatThrownBy(pieces::check).isInstanceOf(UnusableContentStore.class)
                .hasMessage("S3 refuses the bucket no-such-bucket of millrace.files.s3 (404 NoSuchBucket)");
    }

    @Test
    void startsWhileS3IsAwayAndKeepsNothingOfWhatComesMeanwhile() {
        var passing = S3Server.start();
        var pieces = pieces(passing, 16, S3Server.BUCKET, S3Server.SECRET_KEY);
        passing.close();

        pieces.check();
        var away = on(pieces);

        assertThatThrownBy(() -> away.store().store("a.bin", null, new RandomBytes(10)))
                .isInstanceOf(ContentUnavailable.class);
        assertThat(away.store().find(away.jdbc().sql("select id from files").query(UUID.class).single()))
                .as("left to the sweep, seen by nobody").isEmpty();
    }

    @Test
    void hasAsManyFilesOnTheirWayAsMayBeUntilTheyAreReadOrClosed() throws Exception {
        var narrow = on(pieces(server, 1, S3Server.BUCKET, S3Server.SECRET_KEY));
        StoredFile stored = narrow.store().store("a.bin", null, new ByteArrayInputStream(new byte[100]));

        try (InputStream begun = narrow.store().open(stored); InputStream another = narrow.store().open(stored)) {
            begun.readNBytes(10);
            assertThatThrownBy(another::read).isInstanceOf(ContentUnavailable.class)
                    .hasMessageContaining("millrace.files.s3.transfers");
            assertThatThrownBy(() -> narrow.store().store("b.bin", null, new RandomBytes(10)))
                    .isInstanceOf(ContentUnavailable.class);

            begun.readNBytes(90);
            assertThat(another.readNBytes(10)).as("the first one is read to its end").hasSize(10);
        }

        assertThat(narrow.store().store("c.bin", null, new RandomBytes(10)).size()).isEqualTo(10);
        assertThat(narrow.rows()).as("of the one that was refused nothing stays").isEqualTo(2);
    }

    private static FileStoreUnderTest on(Pieces pieces) {
        return FileStoreUnderTest.on(TestPostgres.dataSource(FileStoreUnderTest.newDatabase()),
                DataSize.ofGigabytes(5), S3Pieces.NAME, List.of(pieces));
    }

    private static Pieces pieces(String bucket, String secretKey) {
        return pieces(server, 16, bucket, secretKey);
    }

    private static Pieces pieces(S3Server at, int transfers, String bucket, String secretKey) {
        var settings = new S3Settings(at.endpoint(), "us-east-1", bucket, S3Server.ACCESS_KEY, secretKey, true,
                transfers, Duration.ofMillis(200));
        return new S3Pieces(S3Connection.open(settings), settings);
    }
}
