package io.millrace.local;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.millrace.local.deployment.ProjectFiles;

import static org.assertj.core.api.Assertions.assertThat;

/** The commands of docs/getting-started.md against the whole platform, as a reader runs them. */
class ExamplesIT {

    private static LocalProcess local;
    private static Path data;

    @BeforeAll
    static void start(@TempDir Path parent) throws Exception {
        data = parent.toRealPath().resolve("data");
        local = LocalProcess.start(data).awaitReady();
    }

    @AfterAll
    static void stop() throws Exception {
        local.close();
    }

    @ParameterizedTest
    @CsvSource({"curl,curl.sh", "python3,send_email.py", "node,send-email.mjs"})
    void followsAJobToItsResult(String program, String example) throws Exception {
        var output = run(program, command(example));

        assertThat(output).contains("queued ", "SUCCEEDED", "result ", "messageId", "ada@example.org", "payload.to")
                .containsAnyOf("refused 422", "/problems/invalid-payload");
    }

    @Test
    void followsAJobToItsResultInJava() throws Exception {
        var output = run(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), "docs/examples/java/SendAnEmail.java"));

        assertThat(output).contains("queued ", "state SUCCEEDED", "result Sent[accepted=[ada@example.org]",
                "refused 422", "payload.to");
    }

    @ParameterizedTest
    @CsvSource({"python3,receive_webhook.py", "node,receive-webhook.mjs"})
    void isToldOfTheEndByASignedWebhook(String program, String example) throws Exception {
        assertThat(run(program, command(example))).containsSubsequence("queued ", "told job.succeeded ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "python3|import os, receive_webhook; print(*(receive_webhook.verify({'webhook-id': 'a',"
                    + " 'webhook-timestamp': at, 'webhook-signature': signatures}, body.encode()) for body, at, signatures in"
                    + " (line.split('|') for line in os.environ['CASES'].splitlines())))",
            "node|import { verify } from './receive-webhook.mjs'; console.log(process.env.CASES.split('\\n').map(line =>"
                    + " line.split('|')).map(([body, at, signatures]) => verify({ 'webhook-id': 'a', 'webhook-timestamp':"
                    + " at, 'webhook-signature': signatures }, Buffer.from(body))).join(' '));"})
    void believesNoOtherBody(String program, String code) throws Exception {
        var now = Clock.systemUTC().instant().getEpochSecond();
        var genuine = signature("{}", now);
        var cases = String.join("\n", "{}|" + now + "|" + genuine, "{}|" + now + "|v1,b2xk " + genuine,
                "{ }|" + now + "|" + genuine, "{}|" + (now + 1) + "|" + genuine,
                "{}|" + (now - 400) + "|" + signature("{}", now - 400), "{}|soon|" + genuine, "{}|" + now + "|é");
        assumeInstalled(program);
        var folder = ProjectFiles.root().resolve("docs/examples").resolve(program.equals("node")
                ? "javascript"
                : "python");
        var command = program.equals("node")
                ? List.of("node", "--input-type=module", "-e", code)
                : List.of("python3", "-c", code);

        assertThat(run(command, folder, Map.of("CASES", cases)).strip().toLowerCase(java.util.Locale.ROOT))
                .isEqualTo("true true false false false false false");
    }

    private static String command(String example) throws Exception {
        return GettingStartedTest.commands().stream().filter(command -> command.endsWith("/" + example)).findFirst()
                .orElseThrow();
    }

    private static String run(String program, String command) throws Exception {
        assumeInstalled(program);
        return run(Arrays.asList(command.split(" ")));
    }

    private static String run(List<String> command) throws Exception {
        return run(command, ProjectFiles.root(), Map.of());
    }

    private static String run(List<String> command, Path folder, Map<String, String> variables) throws Exception {
        var builder = new ProcessBuilder(new ArrayList<>(command)).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().putAll(Map.of("MILLRACE_URL", "http://127.0.0.1:" + local.port("server.port"),
                "MILLRACE_SIGNING_SECRET", secret(), "PYTHONDONTWRITEBYTECODE", "1", "PYTHONIOENCODING", "utf-8"));
        builder.environment().putAll(variables);
        var process = builder.start();
        try (var output = process.getInputStream()) {
            var text = new String(output.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(text).isZero();
            return text;
        }
    }

    private static String secret() throws Exception {
        return Files.readString(data.resolve("signing-secret"));
    }

    private static String signature(String body, long at) throws Exception {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret().substring("whsec_".length())), "HmacSHA256"));
        return "v1," + Base64.getEncoder()
                .encodeToString(mac.doFinal(("a." + at + "." + body).getBytes(StandardCharsets.UTF_8)));
    }

    private static void assumeInstalled(String program) {
        boolean isThere = Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
        Assumptions.assumeTrue(isThere, program + " is not installed, so its example is not run");
    }
}
