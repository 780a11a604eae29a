package io.millrace.local;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.millrace.client.JobFilter;
import io.millrace.client.MillraceClient;

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
    @ValueSource(strings = {"curl.sh", "send_email.py", "send-email.mjs"})
    void followsAJobToItsResult(String example) throws Exception {
        assertThat(run(command(example), api())).contains("queued ", "SUCCEEDED", "result ", "messageId",
                "ada@example.org", "payload.to").containsAnyOf("refused 422", "/problems/invalid-payload");
    }

    @Test
    void followsAJobToItsResultInJava() throws Exception {
        var command = List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), "docs/examples/java/SendAnEmail.java");

        assertThat(run(command, api())).contains("queued ", "state SUCCEEDED",
                "result Sent[accepted=[ada@example.org]", "refused 422", "payload.to");
    }

    @ParameterizedTest
    @ValueSource(strings = {"curl.sh", "send_email.py", "send-email.mjs"})
    void queuesOnceAndHearsTheEndThoughAnswersAreLostAndStreamsBreak(String example) throws Exception {
        try (var proxy = new LossyProxy(api(), 2); var client = MillraceClient.builder(api()).build()) {
            var mails = JobFilter.ALL.withType("send-email");
            long before = client.list(mails).count();
            proxy.loseNextAnswers(1);

            assertThat(run(command(example), proxy.address())).containsSubsequence("queued ", "SUCCEEDED", "result ");

            assertThat(proxy.lost()).isOne();
            assertThat(client.list(mails).count()).isEqualTo(before + 1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"receive_webhook.py", "receive-webhook.mjs"})
    void isToldOfTheEndByASignedWebhook(String example) throws Exception {
        assertThat(run(command(example), api())).containsSubsequence("queued ", "told job.succeeded ");
    }

    private static List<String> command(String example) throws Exception {
        return Arrays.asList(GettingStartedTest.commands().stream().filter(command -> command.endsWith("/" + example))
                .findFirst().orElseThrow().split(" "));
    }

    private static String run(List<String> command, URI api) throws Exception {
        if (command.getFirst().equals("bash")) {
            ExampleProgram.assumeInstalled("curl");
        }
        return ExampleProgram.run(command, "", Map.of("MILLRACE_URL", api.toString(), "MILLRACE_SIGNING_SECRET",
                Files.readString(data.resolve("signing-secret"))));
    }

    private static URI api() {
        return URI.create("http://127.0.0.1:" + local.port("server.port"));
    }
}
