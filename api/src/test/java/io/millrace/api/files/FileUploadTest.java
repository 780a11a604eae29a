package io.millrace.api.files;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.millrace.api.ApiUnderTest.Answer;
import io.millrace.jobs.JobQueue;
import io.millrace.jobs.JobStatus;

import static org.assertj.core.api.Assertions.assertThat;

class FileUploadTest {

    private static final byte[] CSV = "a,b\n1,2\n".getBytes(StandardCharsets.UTF_8);
    private static final String DISPOSITION = "Content-Disposition";
    private static final String DATA_CSV = "attachment; filename=\"data.csv\"";

    @BeforeEach
    void startFromNothing() {
        FilesApi.forgetEverything();
    }

    @Test
    void keepsTheBodyAndQueuesItsJob() {
        Answer answer = FilesApi.upload("?process=profile-file", CSV, DISPOSITION, DATA_CSV, "Content-Type",
                "text/csv; charset=utf-8");

        assertThat(answer.status()).isEqualTo(202);
        var file = answer.json().path("file");
        assertThat(file.path("name").asString()).isEqualTo("data.csv");
        assertThat(file.path("size").asLong()).isEqualTo(8);
        assertThat(file.path("sha256").asString()).hasSize(64).matches("[0-9a-f]*");
        assertThat(file.path("contentType").asString()).isEqualTo("text/csv;charset=utf-8");
        String jobId = answer.json().path("jobId").asString();
        assertThat(answer.header("Location")).isEqualTo("/jobs/" + jobId);
        assertThat(FilesApi.API.bean(JobQueue.class).find(UUID.fromString(jobId)).orElseThrow())
                .returns("profile-file", JobStatus::type).returns("files", JobStatus::queue);
    }

    @ParameterizedTest
    @CsvSource({"'',null", "&sendWelcome=true,true", "&sendWelcome=false,false"})
    void queuesTheImportOfUsers(String welcome, String told) {
        Answer answer = FilesApi.upload("?process=import-users" + welcome, CSV, DISPOSITION, DATA_CSV);

        assertThat(answer.status()).isEqualTo(202);
        String job = FilesApi.API.bean(JdbcClient.class).sql("select jobAsJson from millrace_jobs.jobrunr_jobs")
                .query(String.class).single();
        assertThat(job).contains("import-users", answer.json().path("file").path("id").asString())
                .containsPattern("sendWelcome\\\\*\":" + told);
    }

    @ParameterizedTest
    @CsvSource({"?process=import-users&sendWelcome=yes,must be true or false",
            "?process=profile-file&sendWelcome=true,is only for process=import-users",
            "?sendWelcome=true,is only for process=import-users"})
    void refusesAWelcomeThatNobodyCanGet(String query, String why) {
        Answer answer = FilesApi.upload(query, CSV, DISPOSITION, DATA_CSV);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.errorFields()).containsExactly("sendWelcome");
        assertThat(answer.body()).contains(why);
        assertThat(FilesApi.rows()).isZero();
    }

    @Test
    void keepsNeitherFileNorJobIfTheJobCannotBeQueued() {
        var database = FilesApi.API.bean(JdbcClient.class);
        database.sql("alter table millrace_jobs.jobrunr_jobs add constraint refuses_all check (false)").update();
        try {
            assertThat(FilesApi.upload("?process=profile-file", CSV, DISPOSITION, DATA_CSV).status()).isEqualTo(500);
        } finally {
            database.sql("alter table millrace_jobs.jobrunr_jobs drop constraint refuses_all").update();
        }

        assertThat(FilesApi.rows()).isZero();
        assertThat(FilesApi.chunks()).isZero();
        assertThat(FilesApi.jobs()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?process=none"})
    void onlyKeepsTheBodyIfNothingElseIsAsked(String query) {
        Answer answer = FilesApi.upload(query, CSV, DISPOSITION, DATA_CSV);

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.json().has("jobId")).isFalse();
        assertThat(FilesApi.jobs()).isZero();
        String location = answer.header("Location");
        assertThat(location).isEqualTo("/files/" + answer.json().path("file").path("id").asString());
        assertThat(FilesApi.API.get(location).json()).isEqualTo(answer.json().path("file"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"?process=resize", "?process=", "?process=none&process=none", "?process=NONE"})
    void namesTheProcessesThereAre(String query) {
        Answer answer = FilesApi.upload(query, CSV, DISPOSITION, DATA_CSV);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.errorFields()).containsExactly("process");
        assertThat(answer.body()).contains("must be one of none, profile-file, import-users");
        assertThat(FilesApi.rows()).isZero();
    }

    @Test
    void takesAnEmptyFile() {
        Answer answer = FilesApi.upload("", new byte[0], DISPOSITION, DATA_CSV);

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.json().path("file").path("size").asLong()).isZero();
        assertThat(answer.json().path("file").path("sha256").asString())
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    @Test
    void readsABodyThatIsDeclaredAsAFormAsItIs() {
        byte[] form = "process=resize&a=b%20c".getBytes(StandardCharsets.US_ASCII);

        Answer answer = FilesApi.upload("", form, DISPOSITION, DATA_CSV, "Content-Type",
                "application/x-www-form-urlencoded");

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.json().path("file").path("size").asLong()).isEqualTo(form.length);
    }

    @Test
    void takesAFileOfExactlyTheLimit() {
        assertThat(FilesApi.upload("", new byte[FilesApi.MAX_BYTES], DISPOSITION, DATA_CSV).status()).isEqualTo(201);
        assertThat(FilesApi.uploadChunked("", new ByteArrayInputStream(new byte[FilesApi.MAX_BYTES]), DISPOSITION,
                DATA_CSV).status()).isEqualTo(201);
    }

    @Test
    void refusesAnAnnouncedLengthOverTheLimit() {
        assertTooLarge(FilesApi.upload("?process=profile-file", new byte[FilesApi.MAX_BYTES + 1], DISPOSITION,
                DATA_CSV));
    }

    @Test
    void refusesABodyThatTurnsOutToBeOverTheLimit() {
        assertTooLarge(FilesApi.uploadChunked("?process=profile-file",
                new ByteArrayInputStream(new byte[FilesApi.MAX_BYTES + 1]), DISPOSITION, DATA_CSV));
    }

    @Test
    void tellsAClientThatStillSendsManyMegabytesThatTheyAreTooMany() {
        assertTooLarge(FilesApi.upload("", new byte[20 * FilesApi.MAX_BYTES], DISPOSITION, DATA_CSV));
    }

    @Test
    void tellsAClientThatAsksFirstBeforeItSends() {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + FilesApi.API.port() + "/files"))
                .expectContinue(true).POST(BodyPublishers.ofByteArray(new byte[FilesApi.MAX_BYTES + 1]));

        assertTooLarge(FilesApi.send(request, DISPOSITION, DATA_CSV));
    }

    @Test
    void refusesABodyWithoutAName() {
        Answer answer = FilesApi.upload("", CSV);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.errorFields()).containsExactly("filename");
        assertThat(FilesApi.rows()).isZero();
    }

    @Test
    void refusesANameThatCannotBeKept() {
        Answer answer = FilesApi.upload("", CSV, DISPOSITION, "attachment; filename*=UTF-8''a%00b.csv");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.errorFields()).containsExactly("filename");
    }

    @ParameterizedTest
    @ValueSource(strings = {"csv", "text/", "*/*", "text/*"})
    void refusesWhatIsNoMediaType(String contentType) {
        Answer answer = FilesApi.upload("", CSV, DISPOSITION, DATA_CSV, "Content-Type", contentType);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.errorFields()).containsExactly("Content-Type");
    }

    @Test
    void refusesAnEncodedBodyRatherThanKeepItEncoded() {
        Answer answer = FilesApi.upload("", CSV, DISPOSITION, DATA_CSV, "Content-Encoding", "gzip");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.errorFields()).containsExactly("Content-Encoding");
    }

    private static void assertTooLarge(Answer answer) {
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.json().path("type").asString()).isEqualTo("/problems/too-large");
        assertThat(answer.body()).contains(String.valueOf(FilesApi.MAX_BYTES));
        assertThat(FilesApi.rows()).isZero();
        assertThat(FilesApi.chunks()).isZero();
    }
}
