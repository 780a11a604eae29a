package io.millrace.core.files;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FileUsageTest {

    private static final int LIMIT = 1_000_000;

    private final FileStoreUnderTest files = FileStoreUnderTest.guarded(
            new FilesProperties.Quota(DataSize.ofBytes(LIMIT), Map.of("large", DataSize.ofBytes(2 * LIMIT))), null);

    @ParameterizedTest
    @ValueSource(longs = {0, LIMIT})
    void takesWhatFitsExactlyAndRefusesOneByteMore(long announced) throws IOException {
        store("ada", announced, LIMIT);

        assertThatThrownBy(() -> store("ada", 0, 1)).isInstanceOfSatisfying(QuotaExceeded.class,
                e -> assertThat(e).returns((long) LIMIT, QuotaExceeded::used).returns((long) LIMIT,
                        QuotaExceeded::limit));

        assertThat(files.rows()).isOne();
        assertThat(files.usage().used("ada")).isEqualTo(LIMIT);
    }

    @Test
    void countsEachKeyByItselfAndWithALimitOfItsOwn() throws IOException {
        store("ada", 0, LIMIT);
        store("large", 0, 2 * LIMIT);
        files.store().store("a.bin", null, new RandomBytes(3 * LIMIT));

        assertThat(files.usage().used("large")).isEqualTo(2 * LIMIT);
    }

    /** The statements are those of docs/operations.md. */
    @Test
    void isRightAgainOnceItIsCountedAnew() throws IOException {
        store("ada", 0, 1_000);
        store("ada", 0, 200);
        store("large", 0, 30);
        files.jdbc().sql("update file_usage set bytes = 7").update();

        files.jdbc()
                .sql("""
                     begin;
                     lock table file_usage in share row exclusive mode;
                     update file_usage set bytes = (select coalesce(sum(counted), 0) from files where files.owner = file_usage.owner);
                     commit;
                     """)
                .update();

        assertThat(files.usage().used("ada")).isEqualTo(1_200);
        assertThat(files.usage().used("large")).isEqualTo(30);
    }

    @Test
    void refusesWhatIsAnnouncedToBeTooMuchBeforeAByteIsRead() {
        InputStream content = Interlude.between(InputStream.nullInputStream(), () -> {
            throw new AssertionError("it was read");
        }, InputStream.nullInputStream());

        assertThatThrownBy(() -> files.store()
                .store(new NewFile("a.bin", null, "ada", LIMIT + 1L, null), content, file -> file))
                .isInstanceOf(QuotaExceeded.class);

        assertThat(files.rows()).isZero();
        assertThat(files.usage().used("ada")).isZero();
    }

    @Test
    void givesBackWhatIsDeletedWhatBreaksAndWhatWasAnnouncedButDidNotCome() throws IOException {
        StoredFile stored = store("ada", LIMIT, 10);
        assertThat(files.usage().used("ada")).isEqualTo(10);

        files.store().delete(stored.id());
        assertThatThrownBy(() -> files.store().store(new NewFile("a.bin", null, "ada", 0, null),
                Interlude.between(new RandomBytes(600_000), () -> {
                    throw new IOException("the client went away");
                }, new RandomBytes(1)), file -> file)).hasMessage("the client went away");

        assertThat(files.usage().used("ada")).isZero();
    }

    /** As a process of before there were quotas deletes it. */
    @Test
    void givesBackWhatIsDeletedByWhoeverKnowsOfNoQuotas() throws IOException {
        StoredFile stored = store("ada", 0, 600);
        store("ada", 0, 30);
        files.store().store("nobody's.bin", null, new RandomBytes(10));

        files.jdbc().sql("delete from file_chunks where file_id = :id").param("id", stored.id()).update();
        files.jdbc().sql("delete from files where id = :id").param("id", stored.id()).update();
        assertThat(files.usage().used("ada")).isEqualTo(30);

        files.jdbc().sql("update file_usage set bytes = 1").update();
        files.jdbc().sql("delete from file_chunks").update();
        files.jdbc().sql("delete from files").update();
        assertThat(files.usage().used("ada")).as("a count that was off").isZero();
    }

    @Test
    void countsExactlyWhenManyUploadAtOnce() throws Exception {
        Callable<Boolean> upload = () -> {
            try {
                store("ada", 0, 300_000);
                return true;
            } catch (QuotaExceeded e) {
                return false;
            }
        };
        long kept = 0;
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> uploads = Stream.generate(() -> clients.submit(upload)).limit(8).toList();
            for (Future<Boolean> each : uploads) {
                kept += each.get() ? 1 : 0;
            }
        }

        assertThat(kept).isBetween(1L, 3L);
        assertThat(files.usage().used("ada")).isEqualTo(kept * 300_000);
        assertThat(files.rows()).isEqualTo((int) kept);
    }

    @Test
    void forgetsAFileWhoseTimeIsOverAndGivesBackWhatItTook() throws IOException {
        StoredFile stored = files.store().store(new NewFile("a.bin", null, "ada", 0, Duration.ofDays(7)),
                new RandomBytes(10), file -> file);
        StoredFile stays = store("ada", 0, 5);
        assertThat(stored.expiresAt()).isBetween(stored.createdAt().plus(Duration.ofDays(7)),
                stored.createdAt().plus(Duration.ofDays(7)).plusSeconds(60));
        assertThat(stays.expiresAt()).isNull();

        files.jdbc().sql("update files set expires_at = now() where id = :id").param("id", stored.id()).update();

        assertThat(files.store().find(stored.id())).isEmpty();
        files.expired().sweep();
        assertThat(files.jdbc().sql("select id from files").query(UUID.class).list()).containsExactly(stays.id());
        assertThat(files.usage().used("ada")).isEqualTo(5);
    }

    private StoredFile store(String owner, long announced, int length) throws IOException {
        return files.store().store(new NewFile("a.bin", null, owner, announced, null),
                new ByteArrayInputStream(new byte[length]), file -> file);
    }
}
