package io.millrace.worker.http;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.millrace.jobs.EnqueueOptions;
import io.millrace.jobs.JobQueue;
import io.millrace.jobs.JobStatus.State;
import io.millrace.jobs.JobWebhooks;
import io.millrace.testkit.TestPostgres;
import io.millrace.worker.WorkerUnderTest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** From the end of a job to the service that is told of it, with a whole worker. */
class WebhooksTest {

    private final UpstreamServer upstream = new UpstreamServer().answering("/work", 200, Map.of(), "")
            .answering("/refused", 404, Map.of(), "").answering("/hook", 204, Map.of(), "");
    private final String database = TestPostgres.newDatabase();

    @AfterEach
    void stop() {
        upstream.close();
    }

    @Test
    void tellTheServiceOnceSignedAndInTheStandardsForm() {
        try (var worker = start()) {
            var done = enqueue(worker, "/work");
            var failed = enqueue(worker, "/refused");
            Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> hooks().size() == 2);

            assertThat(hooks()).allSatisfy(hook -> {
                var id = String.valueOf(hook.header("webhook-id"));
                var at = String.valueOf(hook.header("webhook-timestamp"));
                assertThat(new Signatures(List.of(Calls.SECRET)).headers(id,
                        Instant.ofEpochSecond(Long.parseLong(at)), hook.body().getBytes(UTF_8)))
                        .containsEntry("webhook-signature", String.valueOf(hook.header("webhook-signature")));
                assertThat(hook.body()).startsWith("{\"type\":\"job.").contains("\",\"timestamp\":\"20");
            });
            var ofDone = of(done);
            assertThat(ofDone.path("type").asString()).isEqualTo("job.succeeded");
            assertThat(ofDone.at("/data/type").asString()).isEqualTo("http-call");
            assertThat(ofDone.at("/data/state").asString()).isEqualTo("SUCCEEDED");
            assertThat(ofDone.at("/data/labels/0").asString()).isEqualTo("order:7");
            assertThat(ofDone.at("/data/error").isNull()).isTrue();
            var ofFailed = of(failed);
            assertThat(ofFailed.path("type").asString()).isEqualTo("job.failed");
            assertThat(ofFailed.at("/data/error/type").asString()).isEqualTo("PermanentFailure");
            assertThat(ofFailed.at("/data/error/message").asString())
                    .isEqualTo("127.0.0.1:%d answered 404".formatted(upstream.port()));
            Awaitility.await().until(() -> deliveries(State.SUCCEEDED) == 2);
        }
        assertThat(hooks()).hasSize(2);
    }

    @Test
    void areDeliveredByTheNextWorkerWhereOneEndedBefore() {
        UUID id;
        try (var worker = start("millrace.jobs.worker.auto-start=false")) {
            id = enqueue(worker, "/work");
            assertThat(worker.bean(JobQueue.class).cancel(id)).isTrue();
        }
        assertThat(hooks()).isEmpty();

        try (var _ = start()) {
            Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> hooks().size() == 1);

            assertThat(of(id).path("type").asString()).isEqualTo("job.deleted");
        }
    }

    private WorkerUnderTest start(String... more) {
        var settings = new ArrayList<>(List.of("millrace.http-call.allowed-targets=127.0.0.1",
                "millrace.http-call.signing-secrets=" + Calls.SECRET));
        settings.addAll(List.of(more));
        return WorkerUnderTest.startOn(database, settings.toArray(String[]::new));
    }

    private UUID enqueue(WorkerUnderTest worker, String path) {
        return new TransactionTemplate(worker.bean(PlatformTransactionManager.class)).execute(_ -> {
            var id = worker.bean(JobQueue.class).enqueue(Calls.get(upstream.url(path)),
                    EnqueueOptions.DEFAULTS.withLabels(List.of("order:7")));
            assertThat(worker.bean(JobWebhooks.class).register(id, upstream.url("/hook"))).isTrue();
            return id;
        });
    }

    private List<UpstreamServer.Received> hooks() {
        return upstream.received().stream().filter(request -> request.path().equals("/hook")).toList();
    }

    private JsonNode of(UUID job) {
        return hooks().stream().map(hook -> JsonMapper.shared().readTree(hook.body()))
                .filter(body -> body.at("/data/id").asString().equals(job.toString())).findFirst().orElseThrow();
    }

    private int deliveries(State state) {
        return JdbcClient.create(TestPostgres.dataSource(database))
                .sql("select count(*) from millrace_jobs.jobrunr_jobs where type = 'deliver-webhook' and state = ?")
                .param(state.name()).query(Integer.class).single();
    }
}
