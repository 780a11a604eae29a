package io.millrace.core.files;

import java.io.ByteArrayInputStream;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** A process that stands still over a piece for longer than its lease, and goes on when another has taken its place. */
class FrozenUploadTest {

    private static final String ME = "me";

    private final FileStoreUnderTest files = FileStoreUnderTest.create();
    private final ResumableUploads uploads = UploadSamples.resumable(files);

    @Test
    void changesNothingOfWhatCameMeanwhile() {
        byte[] content = UploadSamples.random(PostgresContent.CHUNK_BYTES);
        ResumableUpload upload = uploads
                .begin(new NewUpload(ME, new NewFile("data.bin", null, ME, 2L * content.length, null), "", "none"));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> frozen = files.transactions().execute(_ -> {
                // In the middle of its statement, which waits for this row.
                files.jdbc().sql("select id from files where id = :id for update").param("id", upload.id())
                        .query(UUID.class).single();
                var before = threads.submit(() -> uploads.append(upload, 0,
                        new ByteArrayInputStream(Arrays.copyOf(content, 1000)), null, FrozenUploadTest::noJob));
                await().until(this::somebodyWaits);
                files.jdbc().sql("""
                                 update resumable_uploads
                                 set writer = gen_random_uuid(), writing_until = '-infinity', received = :received
                                 """).param("received", content.length).update();
                files.jdbc().sql("insert into file_chunks (file_id, seq, bytes) values (:id, 0, :bytes)")
                        .param("id", upload.id()).param("bytes", content).update();
                return before;
            });

            assertThatThrownBy(() -> frozen.get()).hasRootCauseInstanceOf(UploadBusy.class);
        }
        assertThat(files.jdbc().sql("select bytes from file_chunks").query(byte[].class).single()).isEqualTo(content);
        assertThat(uploads.find(upload.id(), ME).orElseThrow().received()).isEqualTo(content.length);
    }

    private boolean somebodyWaits() {
        return files.jdbc().sql("""
                                select exists (
                                    select from pg_stat_activity
                                    where datname = current_database() and wait_event_type = 'Lock'
                                        and query like '%file_chunks%' and pid <> pg_backend_pid())
                                """).query(Boolean.class).single();
    }

    private static @Nullable UUID noJob(@SuppressWarnings("unused") StoredFile file) {
        return null;
    }
}
