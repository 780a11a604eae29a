package io.millrace.api.keys;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.millrace.api.ApiApplication;
import io.millrace.api.ApiUnderTest;
import io.millrace.testkit.TestPostgres;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
final class KeysCommandTest {

    private static final String NOWHERE = "jdbc:postgresql://127.0.0.1:1/millrace";

    @Test
    void makesTheFirstKeyOfAnEmptyDatabaseWithWhichTheApiStarts() {
        String url = TestPostgres.newDatabase();

        Ran made = run(url, "create", "--name", "first", "--scopes", "read,operate", "--rate=100/PT1M");

        assertThat(made.err()).contains("the only time that it is shown");
        assertThat(made.code()).isZero();
        assertThat(made.out()).matches("mr_[0-9a-z]{12}_[0-9A-Za-z]{49}\\R");
        String authorization = "Bearer " + made.out().strip();
        try (var api = ApiUnderTest.startOn(url, "millrace.api.open=false")) {
            assertThat(api.get("/api-keys", "Authorization", authorization).body()).contains("first", "command");
            assertThat(api.get("/api-keys").status()).isEqualTo(401);
        }
    }

    @Test
    void listsRotatesAndRevokes() {
        String url = TestPostgres.newDatabase();
        String key = run(url, "create", "--name=one", "--scopes=enqueue").out().strip();
        String id = key.substring(3, 15);

        assertThat(run(url, "list").out().lines().skip(1)).singleElement().asString()
                .startsWith(id + "\tone\tenqueue\t");
        assertThat(run(url, "rotate", id, "--overlap", "PT5M").out()).startsWith("mr_" + id + "_")
                .isNotEqualTo(key + "\n");
        assertThat(run(url, "revoke", id).code()).isZero();
        Ran again = run(url, "revoke", id);
        assertThat(again.code()).isEqualTo(1);
        assertThat(again.err()).isEqualTo("No valid API key has this id.\n");
        assertThat(run(url, "list").out().lines()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"| Say what to do", "make | Say what to do",
            "create --scopes read | --name is missing",
            "create --name a --scopes all | --scopes must be of", "create --name a --colour red | no option --colour",
            "create --name a --scopes read --rate 5 | --rate must be requests/duration",
            "create --name a --scopes read --expires-at soon | --expires-at must be", "revoke | Its id is missing",
            "create --name | --name needs a value", "rotate abc --overlap P99D | overlap must be from",
            "list abc | Too many arguments: abc"})
    void saysHowItIsUsedWithoutAskingTheDatabase(String arguments, String sentence) {
        Ran ran = run(NOWHERE, arguments == null ? new String[0] : arguments.split(" "));

        assertThat(ran.code()).as(ran.err()).isEqualTo(2);
        assertThat(ran.err()).contains(sentence).doesNotContain("\tat ");
        assertThat(ran.out()).isEmpty();
    }

    @Test
    void saysThatTheDatabaseCannotBeReached(CapturedOutput log) {
        Ran ran = run(NOWHERE, "list");

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("The database cannot be used: ", "127.0.0.1:1", "SPRING_DATASOURCE_URL");
        assertThat(ran.err().lines()).hasSize(1);
        assertThat(log).doesNotContain("Exception", "\tat ");
    }

    @Test
    void isTheProgramWithKeysAsItsFirstArgument() throws Exception {
        var process = new ProcessBuilder(System.getProperty("java.home") + "/bin/java", "-cp",
                System.getProperty("java.class.path"), ApiApplication.class.getName(), "keys", "create", "--name",
                "by-process", "--scopes", "operate", "--spring.datasource.url=" + TestPostgres.newDatabase(),
                "--spring.datasource.username=" + TestPostgres.USER).redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (var out = process.inputReader()) {
            assertThat(out.readAllAsString()).matches("mr_[0-9a-z]{12}_[0-9A-Za-z]{49}\\R");
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    private static Ran run(String url, String... arguments) {
        var all = new ArrayList<>(List.of("keys"));
        all.addAll(List.of(arguments));
        all.add("--spring.datasource.url=" + url);
        all.add("--spring.datasource.username=" + TestPostgres.USER);
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        int code = KeysCommand.run(all.toArray(String[]::new), new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        return new Ran(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** What came of it. */
    private record Ran(int code, String out, String err) {
    }
}
