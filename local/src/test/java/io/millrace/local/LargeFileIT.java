package io.millrace.local;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.millrace.testkit.FreePort;
import io.millrace.testkit.JarProcess;
import io.millrace.testkit.TestPostgres;

import static org.assertj.core.api.Assertions.assertThat;

/** A file larger than the memory of either process, from the client through the API and Postgres to the worker. */
@Tag("long")
class LargeFileIT {

    private static final long ROWS = 20_000_000;
    private static final String KEY = "a-key-for-this-test-only-0123456789abcdef";
    private static final List<String> SMALL = List.of("-Xmx256m");

    private final HttpClient http = HttpClient.newHttpClient();
    private final JsonMapper json = new JsonMapper();

    @Test
    void profilesOneGigabyteInAQuarterOfThatMemory() throws Exception {
        var database = TestPostgres.newDatabase();
        int port = FreePort.find();
        int management = FreePort.find();
        var shared = Map.of("SPRING_DATASOURCE_URL", database, "SERVER_ADDRESS", "127.0.0.1",
                "MANAGEMENT_SERVER_ADDRESS", "127.0.0.1");
        try (var api = JarProcess.start("api", SMALL,
                with(shared,
                        Map.of("MILLRACE_API_KEYS", KEY, "MILLRACE_PAGING_KEY", "0".repeat(32), "SERVER_PORT",
                                "" + port, "MANAGEMENT_SERVER_PORT",
                                "" + management)));
                var worker = JarProcess.start("worker", SMALL, with(shared, Map.of("MANAGEMENT_SERVER_PORT", "0")))) {
            Awaitility.await().atMost(Duration.ofMinutes(2)).ignoreExceptions().until(
                    () -> get("http://127.0.0.1:" + management + "/actuator/health/readiness").contains("UP"));
            var sent = new Rows(ROWS);

            var accepted = post("http://127.0.0.1:" + port + "/files?process=profile-file", sent);
            var profile = result("http://127.0.0.1:" + port + "/jobs/" + accepted.get("jobId").stringValue());

            assertThat(sent.bytes()).isGreaterThan(1_000_000_000L);
            assertThat(accepted.get("file").get("size").longValue()).isEqualTo(sent.bytes());
            assertThat(profile.get("bytes").longValue()).isEqualTo(sent.bytes());
            assertThat(profile.get("rows").longValue()).isEqualTo(ROWS);
            assertThat(profile.get("rejectedRows").longValue()).isZero();
            assertThat(profile.get("sha256")).isEqualTo(accepted.get("file").get("sha256"));
            var id = profile.get("columns").get(0);
            assertThat(id.get("type").stringValue()).isEqualTo("integer");
            assertThat(id.get("distinctIsExact").booleanValue()).isFalse();
            assertThat(id.get("distinct").longValue()).isBetween(ROWS * 9 / 10, ROWS * 11 / 10);
            assertThat(api.output() + worker.output()).doesNotContain("OutOfMemoryError");
        }
    }

    private JsonNode result(String job) {
        return Awaitility.await().atMost(Duration.ofMinutes(20)).pollInterval(Duration.ofSeconds(1)).until(() -> {
            var state = json.readTree(get(job));
            assertThat(state.get("state").stringValue()).isNotEqualTo("FAILED");
            return state.get("state").stringValue().equals("SUCCEEDED") ? json.readTree(get(job + "/result")) : null;
        }, found -> found != null);
    }

    private JsonNode post(String url, InputStream body) throws IOException, InterruptedException {
        var answer = http.send(HttpRequest.newBuilder(URI.create(url)).header("Authorization", "Bearer " + KEY)
                .header("Content-Type", "text/csv").header("Content-Disposition", "attachment; filename=large.csv")
                .POST(BodyPublishers.ofInputStream(() -> body)).build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return json.readTree(answer.body());
    }

    private String get(String url) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(URI.create(url)).header("Authorization", "Bearer " + KEY).build(),
                BodyHandlers.ofString()).body();
    }

    private static Map<String, String> with(Map<String, String> shared, Map<String, String> own) {
        var both = new HashMap<>(shared);
        both.putAll(own);
        return both;
    }

    /** A CSV of so many rows, made as it is read. */
    private static final class Rows extends InputStream {

        private final long rows;
        private long row;
        private long bytes;
        private byte[] buffer = "id,name,price,day\n".getBytes(StandardCharsets.UTF_8);
        private int at;

        Rows(long rows) {
            this.rows = rows;
        }

        long bytes() {
            return bytes;
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            if (at == buffer.length && !refill()) {
                return -1;
            }
            int copied = Math.min(length, buffer.length - at);
            System.arraycopy(buffer, at, target, offset, copied);
            at += copied;
            bytes += copied;
            return copied;
        }

        private boolean refill() {
            var text = new StringBuilder();
            for (int i = 0; i < 1_000 && row < rows; i++, row++) {
                text.append(row).append(",a name that is the ").append(row % 997).append("th of all,")
                        .append(row % 10_000).append(".25,2026-0").append(row % 9 + 1).append("-11\n");
            }
            buffer = text.toString().getBytes(StandardCharsets.UTF_8);
            at = 0;
            return buffer.length > 0;
        }
    }
}
