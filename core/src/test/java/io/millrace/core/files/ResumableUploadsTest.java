package io.millrace.core.files;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class ResumableUploadsTest {

    private static final int PIECE = PostgresContent.CHUNK_BYTES;
    private static final String ME = "me";

    private static final FileStoreUnderTest FILES = FileStoreUnderTest.create();

    private final FileStoreUnderTest files = FILES;
    private final ResumableUploads uploads = resumable(files);

    @BeforeEach
    void startFromNothing() {
        files.jdbc().sql("truncate files, file_usage cascade").update();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1000, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE})
    void isAFileOnceAllOfItHasCome(int size) throws Exception {
        byte[] content = random(size);

        ResumableUpload done = append(begin(size), 0, content);

        assertThat(done.isComplete()).isTrue();
        assertKept(done, content);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1000, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE + 7})
    void goesOnWhereItBrokeOff(int brokenAt) throws Exception {
        byte[] content = random(3 * PIECE + 100);
        ResumableUpload upload = begin(content.length);

        assertThatThrownBy(
                () -> uploads.append(upload, 0, breaking(content, 0, brokenAt), null, ResumableUploadsTest::noJob))
                .hasMessage("cut");
        assertThat(received(upload)).isEqualTo(brokenAt);
        assertThat(files.store().find(upload.id())).isEmpty();
        ResumableUpload done = append(upload, brokenAt, Arrays.copyOfRange(content, brokenAt, content.length));

        assertKept(done, content);
    }

    @Test
    void goesOnInAnotherProcessAsWell() throws Exception {
        byte[] content = random(2 * PIECE + 5);
        ResumableUpload upload = begin(content.length);
        append(upload, 0, Arrays.copyOf(content, PIECE + 3));

        ResumableUpload done = resumable(files).append(upload, PIECE + 3,
                new ByteArrayInputStream(content, PIECE + 3, content.length), null, ResumableUploadsTest::noJob);

        assertKept(done, content);
    }

    @Test
    void keepsNothingOfWhatDoesNotHaveItsChecksum() throws Exception {
        byte[] content = random(3 * PIECE);
        ResumableUpload upload = begin(content.length);
        append(upload, 0, Arrays.copyOf(content, 10));

        assertThatThrownBy(() -> uploads.append(upload, 10, new ByteArrayInputStream(random(content.length - 10)),
                sha1(content), ResumableUploadsTest::noJob)).isInstanceOf(ChecksumMismatch.class);
        assertThat(received(upload)).isEqualTo(10);
        byte[] rest = Arrays.copyOfRange(content, 10, content.length);
        ResumableUpload done = uploads.append(upload, 10, new ByteArrayInputStream(rest), sha1(rest),
                ResumableUploadsTest::noJob);

        assertKept(done, content);
    }

    @Test
    void keepsNothingOfWhatBreaksOffBeforeItsChecksumCanBeTold() throws Exception {
        byte[] content = random(2 * PIECE);
        ResumableUpload upload = begin(content.length);

        assertThatThrownBy(() -> uploads.append(upload, 0, breaking(content, 0, PIECE + 10), sha1(content),
                ResumableUploadsTest::noJob))
                .hasMessage("cut");

        assertThat(received(upload)).isZero();
        assertKept(append(upload, 0, content), content);
    }

    @Test
    void letsTheLastToComeGoOnAndTellsTheOneBefore() throws Exception {
        byte[] content = random(4 * PIECE);
        ResumableUpload upload = begin(content.length);
        var hanging = new CountDownLatch(1);
        InputStream dead = Interlude.between(new ByteArrayInputStream(content, 0, PIECE + 100),
                () -> await().until(() -> hanging.getCount() == 0),
                new ByteArrayInputStream(content, PIECE + 100, content.length));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var before = threads.submit(() -> uploads.append(upload, 0, dead, null, ResumableUploadsTest::noJob));
            await().until(() -> received(upload) == PIECE);

            ResumableUpload done = append(upload, PIECE, Arrays.copyOfRange(content, PIECE, content.length));

            hanging.countDown();
            assertThatThrownBy(before::get).hasRootCauseInstanceOf(UploadBusy.class);
            assertKept(done, content);
        }
    }

    @Test
    void countsToItsOwnersQuotaFromItsBeginningUntilItIsDeleted() {
        ResumableUpload upload = begin(1000);
        assertThat(files.usage().used(ME)).isEqualTo(1000);

        uploads.delete(upload.id(), ME);

        assertThat(files.usage().used(ME)).isZero();
    }

    @Test
    void isNobodyElses() {
        ResumableUpload upload = begin(10);

        assertThat(uploads.find(upload.id(), "another")).isEmpty();
        assertThat(uploads.delete(upload.id(), "another")).isFalse();
        assertThat(received(upload)).isZero();
    }

    @Test
    void leavesNothingOfADeletedOne() throws Exception {
        ResumableUpload upload = begin(2 * PIECE);
        append(upload, 0, random(PIECE + 1));

        assertThat(uploads.delete(upload.id(), ME)).isTrue();

        assertThat(uploads.find(upload.id(), ME)).isEmpty();
        assertThatThrownBy(() -> append(upload, PIECE + 1, random(1))).isInstanceOf(UploadExpired.class);
        assertThat(files.rows()).isZero();
        assertThat(files.chunks()).isZero();
    }

    @Test
    void isSweptOnceItHasExpiredAndNotBefore() throws Exception {
        ResumableUpload upload = begin(2 * PIECE);
        append(upload, 0, random(PIECE + 1));
        files.jdbc().sql("update files set touched_at = now() - interval '2 hours'").update();

        files.unfinished().sweep();
        assertThat(received(upload)).isEqualTo(PIECE + 1);
        files.jdbc().sql("update resumable_uploads set expires_at = now() - interval '1 second'").update();

        assertThatThrownBy(() -> received(upload)).isInstanceOf(UploadExpired.class);
        assertThatThrownBy(() -> append(upload, PIECE + 1, random(1))).isInstanceOf(UploadExpired.class);
        files.unfinished().sweep();
        assertThat(uploads.find(upload.id(), ME)).isEmpty();
        assertThat(files.chunks()).isZero();
    }

    @Test
    void isNotTakenOverWhileAPieceIsBeingWritten() {
        ResumableUpload upload = begin(10);
        files.jdbc().sql("update resumable_uploads set writing_until = now() + interval '1 minute'").update();

        assertThatThrownBy(() -> append(upload, 0, random(10))).isInstanceOf(UploadBusy.class);

        files.jdbc().sql("update resumable_uploads set writing_until = now() - interval '1 second'").update();
        assertThatCode(() -> append(upload, 0, random(10))).doesNotThrowAnyException();
    }

    @Test
    void isNotThereWithoutWhatBelongsIntoItsCommit() throws Exception {
        byte[] content = random(PIECE + 10);
        ResumableUpload upload = begin(content.length);

        assertThatThrownBy(() -> uploads.append(upload, 0, new ByteArrayInputStream(content), null, file -> {
            throw new IllegalStateException("no job");
        })).hasMessage("no job");

        assertThat(files.store().find(upload.id())).isEmpty();
        assertThat(received(upload)).isEqualTo(PIECE);
        UUID job = UUID.randomUUID();
        ResumableUpload done = uploads.append(upload, PIECE, new ByteArrayInputStream(content, PIECE, 10), null,
                file -> job);
        assertThat(done.jobId()).isEqualTo(job);
        assertKept(done, content);
    }

    @Test
    void isNotCompletedByMoreThanWasAnnounced() {
        ResumableUpload upload = begin(PIECE + 10);

        assertThatThrownBy(() -> append(upload, 0, random(PIECE + 11))).isInstanceOf(FileTooLarge.class);

        assertThat(received(upload)).isEqualTo(PIECE);
        assertThat(files.store().find(upload.id())).isEmpty();
    }

    @Test
    void goesOnAtOnePlaceOnly() throws Exception {
        ResumableUpload upload = begin(100);
        append(upload, 0, random(10));

        for (int offset : new int[]{0, 9, 11, 100}) {
            assertThatThrownBy(() -> append(upload, offset, random(1)))
                    .isInstanceOfSatisfying(UploadConflict.class, e -> assertThat(e.received()).isEqualTo(10));
        }
    }

    private static @Nullable UUID noJob(@SuppressWarnings("unused") StoredFile file) {
        return null;
    }

    private static ResumableUploads resumable(FileStoreUnderTest files) {
        var properties = new ResumableProperties(Duration.ofHours(24), Duration.ofMillis(200));
        var rows = new UploadRows(files.jdbc(), properties);
        var removal = new FileRemoval(files.jdbc(), files.stores());
        var unguarded = new FilesProperties(DataSize.ofGigabytes(5), Duration.ofHours(1), Duration.ofMinutes(10),
                PostgresContent.NAME, null, null, null, new FilesProperties.Quota(null, Map.of()), null);
        var completion = new CompleteUpload(files.jdbc(), files.transactions(), files.stores(), rows,
                new VirusScan(files.stores(), unguarded), removal);
        return new ResumableUploads(files.transactions(), files.store(), files.stores(), removal, rows,
                new RunningDigests(), completion, properties);
    }

    private ResumableUpload begin(long length) {
        return uploads.begin(new NewUpload(ME, new NewFile("data.bin", null, ME, length, null), "", "none"));
    }

    private ResumableUpload append(ResumableUpload upload, long offset, byte[] content) throws IOException {
        return uploads.append(upload, offset, new ByteArrayInputStream(content), null, ResumableUploadsTest::noJob);
    }

    private long received(ResumableUpload upload) {
        return uploads.find(upload.id(), ME).orElseThrow().received();
    }

    private void assertKept(ResumableUpload done, byte[] content) throws Exception {
        StoredFile file = files.store().find(done.id()).orElseThrow();
        assertThat(file.size()).isEqualTo(content.length);
        assertThat(file.sha256())
                .isEqualTo(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content)));
        try (InputStream in = files.store().open(file)) {
            assertThat(in.readAllBytes()).isEqualTo(content);
        }
    }

    private static InputStream breaking(byte[] content, int from, int to) {
        return Interlude.between(new ByteArrayInputStream(content, from, to - from), () -> {
            throw new IOException("cut");
        }, InputStream.nullInputStream());
    }

    private static Checksum sha1(byte[] content) throws Exception {
        return new Checksum(MessageDigest.getInstance("SHA-1"), MessageDigest.getInstance("SHA-1").digest(content));
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }
}
