package io.millrace.core.files;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class UnfinishedFilesTest {

    private final FileStoreUnderTest files = FileStoreUnderTest.create();

    @ParameterizedTest
    @ValueSource(strings = {"UPLOADING", "DELETING"})
    void sweepsWhatAKilledProcessLeft(String state) {
        files.leftOver(state, Duration.ofMinutes(61), 200);

        files.unfinished().sweep();

        assertThat(files.rows()).isZero();
        assertThat(files.chunks()).isZero();
    }

    @Test
    void leavesAloneWhatIsStillMoving() {
        files.leftOver("UPLOADING", Duration.ofMinutes(59), 3);

        files.unfinished().sweep();

        assertThat(files.rows()).isOne();
        assertThat(files.chunks()).isEqualTo(3);
    }

    @Test
    void leavesCompleteFilesAloneHoweverOld() throws IOException {
        StoredFile stored = files.store().store("old.csv", null, new ByteArrayInputStream(new byte[10]));
        files.jdbc().sql("update files set touched_at = now() - interval '10 years'").update();

        files.unfinished().sweep();

        assertThat(files.store().find(stored.id())).isPresent();
        assertThat(files.chunks()).isOne();
    }

    @Test
    void finishesARemovalThatWasCutShort() {
        UUID id = files.leftOver("DELETING", Duration.ofHours(2), 200);
        files.jdbc().sql("delete from file_chunks where file_id = :id and seq >= 70").param("id", id).update();

        files.unfinished().sweep();

        assertThat(files.rows()).isZero();
        assertThat(files.chunks()).isZero();
    }

    @Test
    void refusesTheNextChunkOfAnUploadThatWasSwept() {
        InputStream content = Interlude.between(new RandomBytes(PostgresContent.CHUNK_BYTES), () -> {
            files.jdbc().sql("update files set touched_at = now() - interval '2 hours'").update();
            files.unfinished().sweep();
        }, new RandomBytes(1));

        assertThatThrownBy(() -> files.store().store("slow.csv", null, content)).isInstanceOf(UploadExpired.class);

        assertThat(files.rows()).isZero();
        assertThat(files.chunks()).isZero();
    }

    @Test
    void sweepsEachLeftoverOnceWhenManyProcessesDoIt() throws Exception {
        IntStream.range(0, 40).forEach(i -> files.leftOver("UPLOADING", Duration.ofHours(2), 5));
        files.leftOver("UPLOADING", Duration.ofMinutes(1), 5);

        try (var processes = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<?> sweep : Stream.generate(() -> processes.submit(files.unfinished()::sweep)).limit(8)
                    .toList()) {
                sweep.get();
            }
        }

        assertThat(files.rows()).isOne();
        assertThat(files.chunks()).isEqualTo(5);
    }
}
