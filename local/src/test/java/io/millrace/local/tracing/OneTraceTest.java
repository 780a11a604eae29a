package io.millrace.local.tracing;

import java.time.Duration;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;

import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import io.millrace.jobs.JobSchedules;
import io.millrace.jobs.ScheduleOptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** From a request to what comes of it, as a collector receives it over OTLP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OneTraceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Collector collector = Collector.start();
    // All traces that begin here are sampled: whatever makes one shows.
    private final TracedPlatform platform = TracedPlatform.start(collector.endpoint(),
            "management.tracing.sampling.probability=1");

    @AfterAll
    void stop() {
        platform.close();
        collector.close();
    }

    @Test
    void leadsFromTheRequestOverTheQueueToTheMail() throws Exception {
        var caller = hex(16);
        var trace = hex(32);
        platform.post("/users", """
                                {"email": "ada@example.org", "fullName": "Ada Lovelace"}
                                """, "00-" + trace + "-" + caller + "-01");

        var mail = span(trace, "send mail");
        var run = span(trace, "run send-welcome-email");
        var enqueue = span(trace, "enqueue send-welcome-email");
        var request = span(trace, each -> each.kind() == SpanKind.SPAN_KIND_SERVER);

        assertThat(request.parent()).isEqualTo(caller);
        assertThat(request.service()).isEqualTo("millrace-api");
        assertThat(request.attributes()).containsEntry("uri", "/users").doesNotContainKey("http.url");
        assertThat(enqueue.isChildOf(request)).isTrue();
        assertThat(enqueue.kind()).isEqualTo(SpanKind.SPAN_KIND_PRODUCER);
        assertThat(run.isChildOf(enqueue)).isTrue();
        assertThat(run.kind()).isEqualTo(SpanKind.SPAN_KIND_CONSUMER);
        assertThat(run.service()).isEqualTo("millrace-worker");
        assertThat(run.attributes()).containsEntry("millrace.job.attempt", "1").containsKey("messaging.message.id");
        assertThat(mail.isChildOf(run)).isTrue();
        assertThat(mail.kind()).isEqualTo(SpanKind.SPAN_KIND_CLIENT);
        assertThat(span(trace, each -> each.isSql("insert into users")).isChildOf(request)).isTrue();
        assertThat(span(trace, each -> each.isSql("jobrunr_jobs")).isChildOf(enqueue)).isTrue();
        assertThat(span(trace, each -> each.isSql("from users")).isChildOf(run)).isTrue();
        assertThat(collector.ofTrace(trace)).allSatisfy(each -> {
            assertThat(each.text()).doesNotContain("example.org").doesNotContain("Ada");
            assertThat(each.failed()).isFalse();
        });
        assertThat(platform.mail().getReceivedMessages()).hasSize(1);
    }

    @Test
    void goesOnInTheServiceThatAJobCalls() throws Exception {
        var trace = hex(32);
        try (var service = new CalledService(0)) {
            platform.post("/jobs", service.job(), "00-" + trace + "-" + hex(16) + "-01");

            var call = span(trace, each -> each.kind() == SpanKind.SPAN_KIND_CLIENT && each.name().equals("POST"));

            assertThat(call.isChildOf(span(trace, "run http-call"))).isTrue();
            assertThat(call.attributes()).containsEntry("http.response.status_code", "204");
            assertThat(call.text()).doesNotContain("4711").doesNotContain("secret");
            assertThat(service.traceparents()).containsExactly("00-" + trace + "-" + call.id() + "-01");
        }
    }

    @Test
    void hasASpanForEachRunAndLinksToTheFirst() throws Exception {
        var trace = hex(32);
        try (var service = new CalledService(2)) {
            platform.post("/jobs", service.job(), "00-" + trace + "-" + hex(16) + "-01");

            var first = run(trace, 1);
            var second = run(trace, 2);
            var third = run(trace, 3);

            var enqueue = span(trace, "enqueue http-call");
            assertThat(List.of(first, second, third)).allMatch(run -> run.isChildOf(enqueue));
            assertThat(first.links()).isEmpty();
            assertThat(second.links()).containsExactly(first.link());
            assertThat(third.links()).containsExactly(first.link());
            assertThat(List.of(first, second)).allMatch(ReceivedSpan::failed);
            assertThat(third.failed()).isFalse();
            assertThat(first.text()).contains("CalledInVain").doesNotContain("127.0.0.1");
        }
    }

    @Test
    void isOneForAllJobsOfABulk() throws Exception {
        var trace = hex(32);
        try (var service = new CalledService(0)) {
            platform.post("/jobs/bulk", "[" + String.join(",", Collections.nCopies(3, service.job())) + "]",
                    "00-" + trace + "-" + hex(16) + "-01");
            await().atMost(PATIENCE).until(() -> runs(trace).size() == 3);

            var enqueue = span(trace, "enqueue jobs");
            assertThat(enqueue.isChildOf(span(trace, each -> each.kind() == SpanKind.SPAN_KIND_SERVER))).isTrue();
            assertThat(runs(trace)).allMatch(run -> run.isChildOf(enqueue));
            assertThat(runs(trace)).extracting(run -> run.attributes().get("messaging.message.id"))
                    .doesNotHaveDuplicates();
            assertThat(collector.ofTrace(trace)).filteredOn(each -> each.name().startsWith("enqueue ")).hasSize(1);
        }
    }

    @Test
    void isNotSampledWhereItsBeginningWasNot() throws Exception {
        var unsampled = hex(32);
        var sampled = hex(32);
        try (var service = new CalledService(0)) {
            platform.post("/jobs", service.job(), "00-" + unsampled + "-" + hex(16) + "-00");
            await().atMost(PATIENCE).until(() -> service.traceparents().size() == 1);
            platform.post("/jobs", service.job(), "00-" + sampled + "-" + hex(16) + "-01");
            span(sampled, "run http-call");

            assertThat(service.traceparents().getFirst()).startsWith("00-" + unsampled).endsWith("-00");
            assertThat(collector.ofTrace(unsampled)).isEmpty();
        }
    }

    @Test
    void beginsWithTheRunOfASchedule() throws Exception {
        try (var service = new CalledService(0)) {
            platform.ofApi(JobSchedules.class).put("often", "http-call", "{\"url\": \"" + service.url() + "\"}",
                    ScheduleOptions.every(Duration.ofSeconds(1)));
            await().atMost(PATIENCE).until(() -> service.traceparents().size() >= 2);
            platform.ofApi(JobSchedules.class).delete("often");

            var traces = service.traceparents().stream().map(each -> each.substring(3, 35)).distinct().toList();
            assertThat(traces).hasSameSizeAs(service.traceparents());
            var run = span(traces.getFirst(), "run http-call");
            assertThat(run.parent()).isEmpty();
            assertThat(run.links()).isEmpty();
        }
    }

    @Test
    void isNotMadeOfWhatProcessesDoByThemselves() throws Exception {
        var trace = hex(32);
        platform.probe();
        try (var service = new CalledService(0)) {
            platform.post("/jobs", service.job(), "00-" + trace + "-" + hex(16) + "-01");
            span(trace, "run http-call");
        }

        // Each trace that no request has begun would have a span without a parent; schedules' runs are such.
        assertThat(collector.spans()).filteredOn(each -> each.parent().isEmpty() && !each.name().startsWith("run "))
                .isEmpty();
    }

    private List<ReceivedSpan> runs(String trace) {
        return collector.ofTrace(trace).stream().filter(each -> each.name().startsWith("run ")).toList();
    }

    private ReceivedSpan run(String trace, int attempt) {
        return span(trace, each -> String.valueOf(attempt).equals(each.attributes().get("millrace.job.attempt")));
    }

    private ReceivedSpan span(String trace, String name) {
        return span(trace, each -> each.name().equals(name));
    }

    private ReceivedSpan span(String trace, Predicate<ReceivedSpan> which) {
        return collector.awaitSpan(trace, which);
    }

    private static String hex(int digits) {
        byte[] bytes = new byte[digits / 2];
        ThreadLocalRandom.current().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
