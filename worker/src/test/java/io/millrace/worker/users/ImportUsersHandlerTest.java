package io.millrace.worker.users;

import java.io.ByteArrayInputStream;
import java.nio.charset.Charset;
import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.millrace.core.users.ImportUsers;
import io.millrace.core.users.Users;
import io.millrace.core.users.UsersImported;
import io.millrace.jobs.JobStatus;
import io.millrace.jobs.PermanentFailure;
import io.millrace.jobs.testing.PerformJob;

import static io.millrace.worker.users.ImportsUnderTest.FILES;
import static io.millrace.worker.users.ImportsUnderTest.HANDLER;
import static io.millrace.worker.users.ImportsUnderTest.JDBC;
import static io.millrace.worker.users.ImportsUnderTest.WORKER;
import static io.millrace.worker.users.ImportsUnderTest.forgetEverything;
import static io.millrace.worker.users.ImportsUnderTest.jobs;
import static io.millrace.worker.users.ImportsUnderTest.rejects;
import static io.millrace.worker.users.ImportsUnderTest.run;
import static io.millrace.worker.users.ImportsUnderTest.stored;
import static io.millrace.worker.users.ImportsUnderTest.users;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ImportUsersHandlerTest {

    @BeforeEach
    void startFromNobody() {
        forgetEverything();
    }

    @Test
    void makesUsersOfTheRowsOfACsv() throws Exception {
        var file = stored("users.csv", """
                                       Full Name,id,E-Mail
                                       Ada Lovelace,7,ada@example.org
                                       "Hopper, Grace",8,grace@example.org
                                       """.replace("\n", "\r\n"));
        var attempt = PerformJob.with(HANDLER);

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
        WORKER.bean(Users.class).insert("Ada@Example.org", "Ada herself");
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
        assertThat(JDBC.sql("select count(*) from user_import_rejects").query(Long.class).single()).isZero();
    }

    @Test
    void queuesAWelcomeForEachNewUserOnly() throws Exception {
        WORKER.bean(Users.class).insert("ada@example.org", "Ada");
        var file = stored("users.csv", "email,fullName\nada@example.org,Ada\nb@example.org,B\nc@example.org,C\n");

        PerformJob.with(HANDLER).run(new ImportUsers(file.id(), true));

        assertThat(jobs()).containsExactlyInAnyOrderElementsOf(JDBC
                .sql("select id::text from users where email <> 'ada@example.org'").query(String.class).list().stream()
                .map(String::valueOf).toList());
    }

    @ParameterizedTest
    @CsvSource({"UTF-16LE", "UTF-8", "windows-1252"})
    void readsWhatSpreadsheetsWrite(String charset) throws Exception {
        String text = "email;fullName\r\nzoe@example.org;Zoë Ångström\r\n";
        var file = FILES.store("users.csv", "text/csv",
                new ByteArrayInputStream(text.getBytes(Charset.forName(charset))));

        assertThat(run(file).imported()).isEqualTo(1);
        assertThat(users()).containsExactly("zoe@example.org Zoë Ångström 1");
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
                .hasMessageContaining("a JSON array, neither CSV, TSV nor NDJSON");
        assertThatThrownBy(() -> run(twice)).isInstanceOf(PermanentFailure.class)
                .hasMessageContaining("names email twice");
        assertThatThrownBy(() -> PerformJob.with(HANDLER).run(new ImportUsers(nowhere, null)))
                .isInstanceOf(PermanentFailure.class).hasMessage("there is no file " + nowhere);
    }

    private static String told(int row, String reason, String original) {
        return row + ",\"" + reason + "\",\"" + original + "\"";
    }
}
