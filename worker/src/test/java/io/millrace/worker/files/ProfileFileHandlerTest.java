package io.millrace.worker.files;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.millrace.core.files.FileProfile;
import io.millrace.core.files.FileStore;
import io.millrace.core.files.ProfileFile;
import io.millrace.core.files.StoredFile;
import io.millrace.jobs.JobQueue;
import io.millrace.jobs.JobResults;
import io.millrace.jobs.JobStatus;
import io.millrace.jobs.PermanentFailure;
import io.millrace.jobs.testing.PerformJob;
import io.millrace.worker.WorkerUnderTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class ProfileFileHandlerTest {

    private static WorkerUnderTest worker;
    private static FileStore files;
    private static ProfileFileHandler handler;

    @BeforeAll
    static void start() {
        worker = WorkerUnderTest.start();
        files = worker.bean(FileStore.class);
        handler = worker.bean(ProfileFileHandler.class);
    }

    @AfterAll
    static void stop() {
        worker.close();
    }

    @Test
    void profilesAStoredFileAndSaysHowFarItIs() throws Exception {
        var file = stored("birdstrikes.csv");
        var attempt = PerformJob.with(handler);

        var profile = attempt.run(new ProfileFile(file.id()));

        Profiling.assertSame(profile, Profiling.file(file.name(), Profiling.resource(file.name())));
        assertThat(attempt.progress()).last().isEqualTo(new JobStatus.Progress(file.size(), file.size()));
    }

    @Test
    void profilesWhatIsPackedInAStoredFile() throws Exception {
        byte[] content = PackedBytes.zip("airports.csv.gz", PackedBytes.gzip(Profiling.resource("airports.csv")));
        var file = files.store("data.zip", null, new ByteArrayInputStream(content));
        var attempt = PerformJob.with(handler);

        var profile = attempt.run(new ProfileFile(file.id()));

        Profiling.assertSame(profile, Profiling.file("data.zip", content));
        assertThat(profile.sha256()).isEqualTo(file.sha256());
        assertThat(profile.entries()).singleElement().extracting(FileProfile.Entry::profile)
                .returns(3376L, FileProfile::rows).returns("gzip", FileProfile::packing);
        assertThat(attempt.progress()).last().isEqualTo(new JobStatus.Progress(file.size(), file.size()));
    }

    @Test
    void givesUpOnAPackedFileThatIsCutOff() throws IOException {
        byte[] content = PackedBytes.gzip(Profiling.resource("birdstrikes.csv"));
        var file = files.store("data.csv.gz", null, new ByteArrayInputStream(content, 0, content.length - 100));

        assertThatThrownBy(() -> PerformJob.with(handler).run(new ProfileFile(file.id())))
                .isInstanceOf(PermanentFailure.class)
                .hasMessageStartingWith("the gzip data is damaged or cut off: only ");
    }

    @Test
    void leavesItsResultWithTheJob() throws IOException {
        var file = stored("airports.csv");

        UUID job = worker.bean(JobQueue.class).enqueue(new ProfileFile(file.id()));

        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(worker.bean(JobResults.class).find(job))
                .hasValueSatisfying(result -> assertThat(result.json()).contains("\"rows\":3376")));
    }

    @Test
    void givesUpOnAFileThatDoesNotExist() {
        var id = UUID.randomUUID();

        assertThatThrownBy(() -> PerformJob.with(handler).run(new ProfileFile(id)))
                .isInstanceOf(PermanentFailure.class).hasMessage("there is no file " + id);
    }

    @Test
    void givesUpOnAFileWhoseContentIsGone() throws IOException {
        var file = stored("airports.csv");
        jdbc().sql("delete from file_chunks where file_id = :id").param("id", file.id()).update();

        assertThatThrownBy(() -> PerformJob.with(handler).run(new ProfileFile(file.id())))
                .isInstanceOf(PermanentFailure.class)
                .hasMessage("file " + file.id() + " was deleted while it was read");
    }

    @Test
    void givesUpOnAFileThatIsNotWhatWasStored() throws IOException {
        var file = stored("airports.csv");
        jdbc().sql("update file_chunks set bytes = set_byte(bytes, 7, 0) where file_id = :id").param("id", file.id())
                .update();

        assertThatThrownBy(() -> PerformJob.with(handler).run(new ProfileFile(file.id())))
                .isInstanceOf(PermanentFailure.class).hasMessageContaining("is damaged");
    }

    private static JdbcClient jdbc() {
        return worker.bean(JdbcClient.class);
    }

    private static StoredFile stored(String name) throws IOException {
        return files.store(name, null, new ByteArrayInputStream(Profiling.resource(name)));
    }
}
