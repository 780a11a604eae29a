package io.millrace.worker.users;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.millrace.core.files.FileStore;
import io.millrace.core.files.StoredFile;
import io.millrace.core.users.ImportUsers;
import io.millrace.core.users.Users;
import io.millrace.core.users.UsersImported;
import io.millrace.jobs.JobStatus;
import io.millrace.jobs.PermanentFailure;
import io.millrace.jobs.testing.PerformJob;
import io.millrace.worker.WorkerUnderTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ImportUsersHandlerTest {

    private static WorkerUnderTest worker;
    private static FileStore files;
    private static JdbcClient jdbc;
    private static ImportUsersHandler handler;

    @BeforeAll
    static void start() {
        worker = WorkerUnderTest.startForDraining();
        files = worker.bean(FileStore.class);
        jdbc = worker.bean(JdbcClient.class);
        handler = worker.bean(ImportUsersHandler.class);
    }

    @AfterAll
    static void stop() {
        worker.close();
    }

    @BeforeEach
    void startFromNobody() {
        jdbc.sql("truncate users cascade").update();
        jdbc.sql("delete from millrace_jobs.jobrunr_jobs").update();
    }

    @Test
    void makesUsersOfTheRowsOfACsv() throws Exception {
        var file = stored("users.csv", """
                                       Full Name,id,E-Mail
                                       Ada Lovelace,7,ada@example.org
                                       "Hopper, Grace",8,grace@example.org
                                       """.replace("\n", "\r\n"));
        var attempt = PerformJob.with(handler);

        assertThat(attempt.run(new ImportUsers(file.id(), null))).isEqualTo(new UsersImported(2, 2, 0, 0, null));
        assertThat(users()).containsExactly("ada@example.org Ada Lovelace 1", "grace@example.org Hopper, Grace 1");
        assertThat(attempt.progress()).last().isEqualTo(new JobStatus.Progress(file.size(), file.size()));
        assertThat(attempt.log()).singleElement().asString()
                .matches("All read: 2 rows, 2 imported, 0 already there, 0 rejected; [0-9,]+ rows/s");
        assertThat(jobs()).isEmpty();
    }

    @Test
    void makesUsersOfTheLinesOfAnNdjson() throws Exception {
        var file = stored("users.ndjson",
                """
                {"email": "ada@example.org", "fullName": " Ada Lovelace ", "tags": ["a", {"email": 1}]}

                {"email": "grace@example.org", "fullName": "Grace", "email": "g@example.org"}
                {"email": 7, "fullName": "Seven"}
                {"email": null, "fullName": "Nobody"}
                {"email": "cut@example.org"
                """);

        var result = run(file);

        assertThat(result).usingRecursiveComparison().ignoringFields("rejectsFileId")
                .isEqualTo(new UsersImported(5, 1, 0, 4, null));
        assertThat(users()).containsExactly("ada@example.org Ada Lovelace 1");
        assertThat(rejects(result).lines().map(line -> line.replaceAll("(?<=[0-9],\"[^\"]{12}).*", "")))
                .containsExactly("row,reason,original", "3,\"the line is ", "4,\"email must b", "5,\"email is mis",
                        "6,\"the line is ");
    }

    @Test
    void leavesWhoIsThereAsTheyAre() throws Exception {
        worker.bean(Users.class).insert("Ada@Example.org", "Ada herself");
        var file = stored("users.csv", """
                                       email,fullName
                                       ada@example.ORG,Another
                                       new@example.org,First
                                       NEW@example.org,Second
                                       """);

        assertThat(run(file)).isEqualTo(new UsersImported(3, 1, 2, 0, null));
        assertThat(users()).containsExactly("Ada@Example.org Ada herself 1", "new@example.org First 1");
    }

    @Test
    void tellsEachRowItCannotTakeInAFile() throws Exception {
        var file = stored("users.csv", """
                                       email,fullName
                                       =cmd()@example.org,\s

                                       ada@example.org,Ada
                                       a,b,c
                                       "open@example.org,Open
                                       @b,"Quoted ""B\"""
                                       """);

        var result = run(file);

        assertThat(result.rows()).isEqualTo(5);
        assertThat(result.rejected()).isEqualTo(4);
        assertThat(rejects(result).split("\r\n")).containsExactly("row,reason,original",
                told(2, "email must be an email address of at most 254 characters, in ASCII before the @;"
                        + " fullName is missing", "'=cmd()@example.org, "),
                told(5, "the row has 3 fields, the header 2: quote a field that has the delimiter in it", "a,b,c"),
                told(6, "a quote is opened and never closed: close it, or double it where it is meant",
                        "\"\"open@example.org,Open"),
                told(7, "email must be an email address of at most 254 characters, in ASCII before the @",
                        "'@b,\"\"Quoted \"\"\"\"B\"\"\"\"\"\""));
        assertThat(jdbc.sql("select count(*) from user_import_rejects").query(Long.class).single()).isZero();
    }

    @Test
    void queuesAWelcomeForEachNewUserOnly() throws Exception {
        worker.bean(Users.class).insert("ada@example.org", "Ada");
        var file = stored("users.csv", "email,fullName\nada@example.org,Ada\nb@example.org,B\nc@example.org,C\n");

        PerformJob.with(handler).run(new ImportUsers(file.id(), true));

        assertThat(jobs()).containsExactlyInAnyOrderElementsOf(jdbc
                .sql("select id::text from users where email <> 'ada@example.org'").query(String.class).stream()
                .map(String::valueOf).toList());
    }

    @ParameterizedTest
    @CsvSource({"UTF-16LE", "UTF-8", "windows-1252"})
    void readsWhatSpreadsheetsWrite(String charset) throws Exception {
        String text = "email;fullName\r\nzoe@example.org;Zoë Ångström\r\n";
        var file = files.store("users.csv", "text/csv",
                new ByteArrayInputStream(text.getBytes(Charset.forName(charset))));

        assertThat(run(file).imported()).isEqualTo(1);
        assertThat(users()).containsExactly("zoe@example.org Zoë Ångström 1");
    }

    @Test
    void goesOnAfterTheLastChunkThatWasKept() throws Exception {
        var file = stored("users.csv", IntStream.range(0, 25_000)
                .mapToObj(i -> i % 100 == 99 ? "bad" + i + ",Bad" : "user" + i + "@example.org,User " + i)
                .collect(Collectors.joining("\n", "email,fullName\n", "\n")));
        UUID job = UUID.randomUUID();
        jdbc.sql("alter table users add constraint stop check (email <> 'user15000@example.org')").update();

        assertThatThrownBy(() -> PerformJob.with(handler).as(job, 1).run(new ImportUsers(file.id(), true)))
                .hasMessageContaining("stop");

        assertThat(users()).hasSize(9_900);
        assertThat(jobs()).hasSize(9_900);
        assertThat(stateOf(job)).isEqualTo("10001 9900 0 100 false");
        jdbc.sql("alter table users drop constraint stop").update();
        var second = PerformJob.with(handler).as(job, 2);
        var result = second.run(new ImportUsers(file.id(), true));
        assertThat(result.imported()).isEqualTo(24_750);
        assertThat(result.alreadyThere()).isZero();
        assertThat(result.rejected()).isEqualTo(250);
        assertThat(jobs()).hasSize(24_750).doesNotHaveDuplicates();
        assertThat(rejects(result).lines()).hasSize(251);
        assertThat(second.log().getFirst()).isEqualTo("Goes on after row 10001.");
    }

    @Test
    void answersTheSameAgainOnceItHasEnded() throws Exception {
        var file = stored("users.csv", "email,fullName\nada@example.org,Ada\nbad,Bad\n");
        UUID job = UUID.randomUUID();
        var result = PerformJob.with(handler).as(job, 1).run(new ImportUsers(file.id(), null));
        files.delete(file.id());

        assertThat(PerformJob.with(handler).as(job, 2).run(new ImportUsers(file.id(), null))).isEqualTo(result);
        assertThat(jdbc.sql("select count(*) from files where name = :name")
                .param("name", "rejects-" + job + ".csv").query(Long.class).single()).isEqualTo(1);
    }

    @Test
    void keepsNothingOfARunThatAnotherHasOvertaken() {
        UUID job = UUID.randomUUID();
        worker.bean(Imports.class).begin(job, UUID.randomUUID());
        var save = worker.bean(SaveChunk.class);
        save.save(job, chunk(0, "ada@example.org"), true);

        assertThatThrownBy(() -> save.save(job, chunk(0, "late@example.org"), true))
                .isInstanceOf(IllegalStateException.class).hasMessageContaining("another run");
        assertThat(users()).containsExactly("ada@example.org Name 1");
        assertThat(jobs()).hasSize(1);
    }

    @Test
    void stopsAtAChunkWhenItIsTold() throws Exception {
        var file = stored("users.csv", "email,fullName\nada@example.org,Ada\n");
        var attempt = PerformJob.with(handler);
        attempt.cancel();

        assertThatThrownBy(() -> attempt.run(new ImportUsers(file.id(), null))).isInstanceOf(Exception.class);
        assertThat(users()).isEmpty();
        assertThat(Thread.interrupted()).isIn(true, false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ada@example.org,Ada\nb@example.org,B\n", "email,name\na@example.org,A\n"})
    void givesUpOnATableWithoutTheColumnsAndRepeatsNothingOfIt(String text) throws Exception {
        var file = stored("users.csv", text);

        assertThatThrownBy(() -> run(file)).isInstanceOf(PermanentFailure.class)
                .hasMessageContaining("it must be a header with email and fullName")
                .hasMessageNotContaining("example.org");
    }

    @Test
    void givesUpOnWhatIsNoTable() throws Exception {
        var file = stored("users.json", "[{\"email\": \"ada@example.org\", \"fullName\": \"Ada\"}]");
        var twice = stored("users.csv", "email,fullName,Email\na@example.org,A,b\n");
        UUID nowhere = UUID.randomUUID();

        assertThatThrownBy(() -> run(file)).isInstanceOf(PermanentFailure.class)
                .hasMessageContaining("application/json, neither CSV, TSV nor NDJSON");
        assertThatThrownBy(() -> run(twice)).isInstanceOf(PermanentFailure.class)
                .hasMessageContaining("names email twice");
        assertThatThrownBy(() -> PerformJob.with(handler).run(new ImportUsers(nowhere, null)))
                .isInstanceOf(PermanentFailure.class).hasMessage("there is no file " + nowhere);
    }

    private static String told(int row, String reason, String original) {
        return row + ",\"" + reason + "\",\"" + original + "\"";
    }

    private static UsersImported run(StoredFile file) throws Exception {
        return PerformJob.with(handler).run(new ImportUsers(file.id(), null));
    }

    private static Chunk chunk(long after, String email) {
        return new Chunk(after, after + 1, new CopyRows(2).row().value(email).value("Name").end(),
                new CopyRows(4).end(), 0, false);
    }

    private static StoredFile stored(String name, String text) throws IOException {
        return files.store(name, null, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String rejects(UsersImported result) {
        var file = files.find(Objects.requireNonNull(result.rejectsFileId())).orElseThrow();
        try (var content = files.open(file)) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> users() {
        return jdbc.sql("select email || ' ' || full_name || ' ' || version from users order by lower(email)")
                .query(String.class).stream().map(String::valueOf).toList();
    }

    /** Of whom a welcome mail waits. */
    private static List<String> jobs() {
        return jdbc.sql("""
                        select substring(jobAsJson from '[0-9a-f]{8}-[0-9a-f-]{27}(?=\\\\*"})')
                        from millrace_jobs.jobrunr_jobs
                        where jobAsJson like '%send-welcome-email%'
                        """).query(String.class).stream().map(String::valueOf).toList();
    }

    private static String stateOf(UUID job) {
        return jdbc
                .sql("""
                     select concat_ws(' ', last_row, imported, already_there, rejected, (finished_at is not null)::text)
                     from user_imports
                     where job_id = :job
                     """).param("job", job).query((row, number) -> row.getString(1)).single();
    }
}
