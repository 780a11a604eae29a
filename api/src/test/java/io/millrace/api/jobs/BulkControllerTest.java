package io.millrace.api.jobs;

import java.io.InputStream;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

import io.millrace.api.ApiUnderTest;
import io.millrace.api.ApiUnderTest.Answer;

import static org.assertj.core.api.Assertions.assertThat;

final class BulkControllerTest {

    private static final String NDJSON = "application/x-ndjson";

    private final ApiUnderTest api = ApiUnderTest.shared();

    @Test
    void queuesTenThousandLinesInTheirOrder() {
        long before = jobs();

        Answer answer = bulk(lines(10_000));

        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
        assertThat(answer.json().propertyNames()).containsExactly("ids");
        assertThat(answer.json().path("ids").size()).isEqualTo(10_000);
        assertThat(jobs() - before).isEqualTo(10_000);
        JsonNode third = api.get("/jobs/" + answer.json().path("ids").get(2).asString()).json();
        assertThat(third.path("priority").asInt()).isEqualTo(2);
        assertThat(third.path("enqueuedBy").asString()).isEqualTo("open");
    }

    @Test
    void queuesNoneWhereOneOfManyIsWrong() {
        long before = jobs();

        Answer answer = bulk(lines(9_998) + "\n{\"type\": \"profile-file\", \"payload\": {}}\n\n"
                + "{\"type\": \"nothing\", \"payload\": {}}\n");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().path("type").asString()).isEqualTo("/problems/invalid-payload");
        assertThat(lineErrors(answer)).isEqualTo("9999 payload.fileId, 10001 type");
        assertThat(answer.json().path("detail").asString()).contains("line 9999: payload.fileId must not be null");
        assertThat(jobs()).isEqualTo(before);
    }

    @Test
    void takesAnArrayToo() {
        Answer good = api.post("/jobs/bulk", "[" + job(1) + ",\n" + job(2) + "]");
        Answer bad = api.post("/jobs/bulk",
                "[" + job(1) + ", {\"type\": 1}, null, " + job(4).replace("priority", "prio")
                        + "]");
        Answer broken = api.post("/jobs/bulk", "[" + job(1) + ", {\"type\":]");

        assertThat(good.status()).as(good.body()).isEqualTo(202);
        assertThat(good.json().path("ids").size()).isEqualTo(2);
        assertThat(bad.status()).isEqualTo(400);
        assertThat(lineErrors(bad)).isEqualTo("2 type, 3 , 4 prio");
        assertThat(broken.status()).as(broken.body()).isEqualTo(400);
        assertThat(broken.json().path("errors").get(0).path("line").asInt()).isEqualTo(2);
        for (String none : new String[]{"{}", "1", "", "[" + job(1) + "] 1", "[" + job(1)}) {
            assertThat(api.post("/jobs/bulk", none).status()).as(none).isEqualTo(400);
        }
    }

    @Test
    void namesEachLineThatIsWrongUpToSome() {
        String wrong = "nonsense\n" + job(1).replace("\"priority\"", "\"uniqueKey\": \"u\", \"priority\"") + "\n"
                + job(1).replace("{\"type\"", "{\"delay\": \"-PT1S\", \"type\"") + "\n"
                + job(5_000) + "\n";

        assertThat(lineErrors(bulk(wrong))).isEqualTo("1 , 2 uniqueKey, 3 delay, 4 priority");
        assertThat(bulk(wrong.repeat(10)).json().path("errors").size()).isEqualTo(20);
    }

    @Test
    void refusesTooMuch() {
        Answer payload = bulk(job(1) + "\n{\"type\": \"send-email\", \"payload\": {\"text\": \"" + "a".repeat(70_000)
                + "\"}}\n");
        Answer line = bulk("{\"type\": \"" + "a".repeat(300_000) + "\"}");
        Answer many = bulk(lines(10_001));

        assertThat(payload.status()).isEqualTo(413);
        assertThat(payload.json().path("type").asString()).isEqualTo("/problems/payload-too-large");
        assertThat(lineErrors(payload)).isEqualTo("2 payload");
        assertThat(line.status()).isEqualTo(413);
        assertThat(many.status()).isEqualTo(413);
        assertThat(many.json().path("type").asString()).isEqualTo("/problems/too-many-jobs");
    }

    @Test
    void refusesWhatItCannotDo() {
        assertThat(api.send("POST", "/jobs/bulk", job(1), "Content-Type", NDJSON, "Idempotency-Key", "\"a\"")
                .errorFields())
                .containsExactly("Idempotency-Key");
        assertThat(bulk("\n \n").status()).isEqualTo(400);
        assertThat(api.post("/jobs/bulk", "[]").status()).isEqualTo(400);
        assertThat(api.send("POST", "/jobs/bulk", job(1), "Content-Type", "text/plain").status()).isEqualTo(415);
    }

    @Test
    void holdsNoLineThatIsTooLong() throws Exception {
        try (var lines = new BulkItems.Lines(new LongLine(200_000_000), 1_000)) {
            assertThat(lines.next()).isNotNull().extracting(BulkItems.Item::json).isNull();
            assertThat(lines.next()).isNull();
        }
    }

    private Answer bulk(String lines) {
        return api.send("POST", "/jobs/bulk", lines, "Content-Type", NDJSON);
    }

    private static String lines(int jobs) {
        return IntStream.range(0, jobs).mapToObj(i -> job(i % 1_000)).collect(Collectors.joining("\n"));
    }

    private static String job(int priority) {
        return "{\"type\": \"profile-file\", \"payload\": {\"fileId\": \"0199a1b2-0000-7000-8000-000000000001\"}, \"priority\": "
                + priority + "}";
    }

    private static String lineErrors(Answer answer) {
        return StreamSupport.stream(answer.json().path("errors").spliterator(), false)
                .map(error -> error.path("line").asInt() + " " + error.path("field").asString())
                .collect(Collectors.joining(", "));
    }

    private long jobs() {
        return api.bean(JdbcClient.class).sql("select count(*) from millrace_jobs.jobrunr_jobs").query(Long.class)
                .single();
    }

    /** One line of the letter a. */
    private static final class LongLine extends InputStream {

        private long left;

        LongLine(long length) {
            this.left = length;
        }

        @Override
        public int read(byte[] into, int from, int most) {
            throw new UnsupportedOperationException("it is read byte by byte");
        }

        @Override
        public int read() {
            return left-- > 0 ? 'a' : -1;
        }
    }
}
