package io.millrace.dashboard.access;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class HashPasswordTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void printsAHashThatTheDashboardTakes() {
        assertThat(run("correct horse Ärger\nanother line\n", "hash-password")).isZero();

        String hash = out.toString(StandardCharsets.UTF_8).strip();
        assertThat(PasswordHashes.isHash(hash)).isTrue();
        assertThat(new PasswordHashes().encoder().matches("correct horse Ärger", hash)).isTrue();
        assertThat(err.size()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "changeme-changeme\n", "short\n",
            "a pass phrase that is longer than the seventy-two bytes which bcrypt reads\n"})
    void saysWhatIsWrongWithAPasswordThatWouldNotDo(String input) {
        assertThat(run(input, "hash-password")).isEqualTo(2);

        assertThat(out.size()).isZero();
        assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("The password is").hasLineCount(1);
    }

    @Test
    void takesNoPasswordFromTheCommandLine() {
        assertThat(run("correct horse battery\n", "hash-password", "correct horse battery")).isEqualTo(2);

        assertThat(out.size()).isZero();
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("history").doesNotContain("horse");
    }

    private int run(String input, String... args) {
        assertThat(HashPassword.isMeant(args)).isTrue();
        return HashPassword.run(args, new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8));
    }
}
