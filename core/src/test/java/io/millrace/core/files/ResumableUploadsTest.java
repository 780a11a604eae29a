package io.millrace.core.files;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class ResumableUploadsTest {

    private static final int PIECE = PostgresContent.CHUNK_BYTES;
    private static final String ME = "me";

    private static final FileStoreUnderTest FILES = FileStoreUnderTest.create();

    private final FileStoreUnderTest files = FILES;
    private final ResumableUploads uploads = UploadSamples.resumable(files);

    @BeforeEach
    void startFromNothing() {
        files.jdbc().sql("truncate files, file_usage cascade").update();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1000, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE})
    void isAFileOnceAllOfItHasCome(int size) throws Exception {
        byte[] content = UploadSamples.random(size);

        ResumableUpload done = append(begin(size), 0, content);

        assertThat(done.isComplete()).isTrue();
        UploadSamples.assertKept(files, done, content);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1000, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE + 7})
    void goesOnWhereItBrokeOff(int brokenAt) throws Exception {
        byte[] content = UploadSamples.random(3 * PIECE + 100);
        ResumableUpload upload = begin(content.length);

        assertThatThrownBy(
                () -> uploads.append(upload, 0, UploadSamples.breaking(content, 0, brokenAt), null,
                        ResumableUploadsTest::noJob))
                .hasMessage("cut");
        assertThat(received(upload)).isEqualTo(brokenAt);
        assertThat(files.store().find(upload.id())).isEmpty();
        ResumableUpload done = append(upload, brokenAt, Arrays.copyOfRange(content, brokenAt, content.length));

        UploadSamples.assertKept(files, done, content);
    }

    @Test
    void goesOnInAnotherProcessAsWell() throws Exception {
        byte[] content = UploadSamples.random(2 * PIECE + 5);
        ResumableUpload upload = begin(content.length);
        append(upload, 0, Arrays.copyOf(content, PIECE + 3));

        ResumableUpload done = UploadSamples.resumable(files).append(upload, PIECE + 3,
                new ByteArrayInputStream(content, PIECE + 3, content.length), null, ResumableUploadsTest::noJob);

        UploadSamples.assertKept(files, done, content);
    }

    @Test
    void keepsNothingOfWhatDoesNotHaveItsChecksum() throws Exception {
        byte[] content = UploadSamples.random(3 * PIECE);
        ResumableUpload upload = begin(content.length);
        append(upload, 0, Arrays.copyOf(content, 10));

        assertThatThrownBy(
                () -> uploads.append(upload, 10, new ByteArrayInputStream(UploadSamples.random(content.length - 10)),
                        UploadSamples.sha1(content), ResumableUploadsTest::noJob))
                .isInstanceOf(ChecksumMismatch.class);
        assertThat(received(upload)).isEqualTo(10);
        byte[] rest = Arrays.copyOfRange(content, 10, content.length);
        ResumableUpload done = uploads.append(upload, 10, new ByteArrayInputStream(rest), UploadSamples.sha1(rest),
                ResumableUploadsTest::noJob);

        UploadSamples.assertKept(files, done, content);
    }

    @Test
    void keepsNothingOfWhatBreaksOffBeforeItsChecksumCanBeTold() throws Exception {
        byte[] content = UploadSamples.random(2 * PIECE);
        ResumableUpload upload = begin(content.length);

        assertThatThrownBy(() -> uploads.append(upload, 0, UploadSamples.breaking(content, 0, PIECE + 10),
                UploadSamples.sha1(content),
                ResumableUploadsTest::noJob))
                .hasMessage("cut");

        assertThat(received(upload)).isZero();
        UploadSamples.assertKept(files, append(upload, 0, content), content);
    }

    @Test
    void letsTheLastToComeGoOnAndTellsTheOneBefore() throws Exception {
        byte[] content = UploadSamples.random(4 * PIECE);
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
            UploadSamples.assertKept(files, done, content);
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
        append(upload, 0, UploadSamples.random(PIECE + 1));

        assertThat(uploads.delete(upload.id(), ME)).isTrue();

        assertThat(uploads.find(upload.id(), ME)).isEmpty();
        assertThatThrownBy(() -> append(upload, PIECE + 1, UploadSamples.random(1))).isInstanceOf(UploadExpired.class);
        assertThat(files.rows()).isZero();
        assertThat(files.chunks()).isZero();
    }

    @Test
    void isSweptOnceItHasExpiredAndNotBefore() throws Exception {
        ResumableUpload upload = begin(2 * PIECE);
        append(upload, 0, UploadSamples.random(PIECE + 1));
        files.jdbc().sql("update files set touched_at = now() - interval '2 hours'").update();

        files.unfinished().sweep();
        assertThat(received(upload)).isEqualTo(PIECE + 1);
        files.jdbc().sql("update resumable_uploads set expires_at = now() - interval '1 second'").update();

        assertThatThrownBy(() -> received(upload)).isInstanceOf(UploadExpired.class);
        assertThatThrownBy(() -> append(upload, PIECE + 1, UploadSamples.random(1))).isInstanceOf(UploadExpired.class);
        files.unfinished().sweep();
        assertThat(uploads.find(upload.id(), ME)).isEmpty();
        assertThat(files.chunks()).isZero();
    }

    @Test
    void isNotTakenOverWhileAPieceIsBeingWritten() {
        ResumableUpload upload = begin(10);
        files.jdbc().sql("update resumable_uploads set writing_until = now() + interval '1 minute'").update();

        assertThatThrownBy(() -> append(upload, 0, UploadSamples.random(10))).isInstanceOf(UploadBusy.class);

        files.jdbc().sql("update resumable_uploads set writing_until = now() - interval '1 second'").update();
        assertThatCode(() -> append(upload, 0, UploadSamples.random(10))).doesNotThrowAnyException();
    }

    @Test
    void isNotThereWithoutWhatBelongsIntoItsCommit() throws Exception {
        byte[] content = UploadSamples.random(PIECE + 10);
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
        UploadSamples.assertKept(files, done, content);
    }

    @Test
    void isNotCompletedByMoreThanWasAnnounced() {
        ResumableUpload upload = begin(PIECE + 10);

        assertThatThrownBy(() -> append(upload, 0, UploadSamples.random(PIECE + 11))).isInstanceOf(FileTooLarge.class);

        assertThat(received(upload)).isEqualTo(PIECE);
        assertThat(files.store().find(upload.id())).isEmpty();
    }

    @Test
    void goesOnAtOnePlaceOnly() throws Exception {
        ResumableUpload upload = begin(100);
        append(upload, 0, UploadSamples.random(10));

        for (int offset : new int[]{0, 9, 11, 100}) {
            assertThatThrownBy(() -> append(upload, offset, UploadSamples.random(1)))
                    .isInstanceOfSatisfying(UploadConflict.class, e -> assertThat(e.received()).isEqualTo(10));
        }
    }

    private static @Nullable UUID noJob(@SuppressWarnings("unused") StoredFile file) {
        return null;
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

}
