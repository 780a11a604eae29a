package io.millrace.local.tracing;

import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.millrace.jobs.Job;
import io.millrace.jobs.JobExecution;
import io.millrace.jobs.JobHandler;
import io.millrace.jobs.JobQueue;
import io.millrace.jobs.JobStatus.State;
import io.millrace.jobs.JobType;
import io.millrace.testkit.TestPostgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What a worker logs where that is to be read by machines. */
@ExtendWith(OutputCaptureExtension.class)
class RunLogsTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final List<String> OF_A_RUN = List.of("jobId", "jobType", "jobQueue", "jobAttempt", "traceId",
            "spanId");

    @ParameterizedTest
    @ValueSource(strings = {"ecs", "logstash"})
    void areJsonWithTheJobAndItsTraceAndNothingOfThePayload(String format, CapturedOutput output) {
        try (var collector = Collector.start();
                var worker = TracedPlatform.worker(TestPostgres.newDatabase(), Greet.Handler.class,
                        "millrace.jobs.packages=io.millrace.core,io.millrace.local.tracing", "spring.mail.port=1",
                        "millrace.jobs.worker.concurrency=1", "logging.structured.format.console=" + format,
                        "management.opentelemetry.tracing.export.otlp.endpoint=" + collector.endpoint(),
                        "management.tracing.sampling.probability=1")) {
            int before = output.getOut().length();
            var queue = worker.getBean(JobQueue.class);
            var first = queue.enqueue(new Greet("ada@example.org", false));
            var second = queue.enqueue(new Greet("grace@example.org", true));
            await().until(() -> queue.find(first).orElseThrow().state() == State.SUCCEEDED
                    && queue.find(second).orElseThrow().state() == State.FAILED);

            assertThat(output).doesNotContain("@example.org");
            var lines = output.getOut().substring(before).lines().map(JSON::readTree).toList();
            check(one(lines, "greets", first), first);
            check(one(lines, "greets", second), second);
            check(one(lines, "processing failed", second), second);
            assertThat(lines).filteredOn(line -> text(line, "message").equals("on a thread of its own"))
                    .hasSize(2).allSatisfy(line -> assertThat(OF_A_RUN).noneMatch(line::has));
        }
    }

    private static JsonNode one(List<JsonNode> lines, String message, UUID job) {
        var found = lines.stream().filter(line -> text(line, "message").contains(message)
                && text(line, "jobId").equals(job.toString())).toList();
        assertThat(found).as("%s of %s in %s", message, job, lines).hasSize(1);
        return found.getFirst();
    }

    private static void check(JsonNode line, UUID job) {
        assertThat(text(line, "jobId")).isEqualTo(job.toString());
        assertThat(text(line, "jobType")).isEqualTo("greet");
        assertThat(text(line, "jobQueue")).isEqualTo("default");
        assertThat(text(line, "jobAttempt")).isEqualTo("1");
        assertThat(text(line, "traceId")).matches("[0-9a-f]{32}");
        assertThat(text(line, "spanId")).matches("[0-9a-f]{16}");
    }

    private static String text(JsonNode line, String field) {
        return line.path(field).asString("");
    }

    /** Greets in the log. */
    @JobType(name = "greet", maxAttempts = 1)
    record Greet(String address, boolean fails) implements Job<Void> {

        static final class Handler implements JobHandler<Greet, @Nullable Void> {

            private static final Logger LOG = LoggerFactory.getLogger(Handler.class);

            @Override
            public @Nullable Void handle(Greet job, JobExecution execution) throws Exception {
                LOG.info("greets");
                Thread.ofPlatform().start(() -> LOG.info("on a thread of its own")).join();
                if (job.fails()) {
                    throw new IllegalStateException("nobody is at home");
                }
                return null;
            }
        }
    }
}
