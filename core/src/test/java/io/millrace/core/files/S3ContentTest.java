package io.millrace.core.files;

import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

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
        return List.of(server.pieces());
    }

    @Test
    void startsOnABucketThatIsThere() {
        server.pieces().check();
    }

    @Test
    void refusesToStartWithAWrongSecretAndSaysSoInASentence() {
        var pieces = server.pieces(S3Server.BUCKET, "wrong");

        assertThatThrownBy(pieces::check).isInstanceOf(UnusableContentStore.class)
                .hasMessageContaining("403 SignatureDoesNotMatch").hasMessageNotContaining("wrong");
    }

    @Test
    void refusesToStartWithoutTheBucketAndSaysSoInASentence() {
        var pieces = server.pieces("no-such-bucket", S3Server.SECRET_KEY);

        assertThatThrownBy(pieces::check).isInstanceOf(UnusableContentStore.class)
                .hasMessage("S3 refuses the bucket no-such-bucket of millrace.files.s3 (404 NoSuchBucket)");
    }

    @Test
    void startsWhileS3IsAwayAndKeepsNothingOfWhatComesMeanwhile() {
        var passing = S3Server.start();
        var pieces = passing.pieces();
        passing.close();

        pieces.check();
        var away = FileStoreUnderTest.on(TestPostgres.dataSource(FileStoreUnderTest.newDatabase()),
                DataSize.ofGigabytes(5), S3Pieces.NAME, List.of(pieces));

        assertThatThrownBy(() -> away.store().store("a.bin", null, new RandomBytes(10)))
                .isInstanceOf(ContentUnavailable.class);
        assertThat(away.store().find(away.jdbc().sql("select id from files").query(UUID.class).single()))
                .as("left to the sweep, seen by nobody").isEmpty();
    }
}
