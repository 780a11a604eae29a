package io.millrace.core.files;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/** What tests of uploads that resume begin with. */
final class UploadSamples {

    private UploadSamples() {
    }

    static ResumableUploads resumable(FileStoreUnderTest files) {
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

    static InputStream breaking(byte[] content, int from, int to) {
        return Interlude.between(new ByteArrayInputStream(content, from, to - from), () -> {
            throw new IOException("cut");
        }, InputStream.nullInputStream());
    }

    static Checksum sha1(byte[] content) throws Exception {
        return new Checksum(MessageDigest.getInstance("SHA-1"), MessageDigest.getInstance("SHA-1").digest(content));
    }

    static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    static void assertKept(FileStoreUnderTest files, ResumableUpload done, byte[] content) throws Exception {
        StoredFile file = files.store().find(done.id()).orElseThrow();
        assertThat(file.size()).isEqualTo(content.length);
        assertThat(file.sha256())
                .isEqualTo(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content)));
        try (InputStream in = files.store().open(file)) {
            assertThat(in.readAllBytes()).isEqualTo(content);
        }
    }
}
