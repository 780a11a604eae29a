package io.millrace.api.export;

import java.util.List;
import java.util.stream.StreamSupport;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

import io.millrace.api.ApiUnderTest;

import static org.assertj.core.api.Assertions.assertThat;

final class UserExportTest {

    private static final String NDJSON = "application/x-ndjson";

    @SuppressWarnings("NullAway.Init")
    private static ApiUnderTest api;

    @BeforeAll
    static void start() {
        api = ApiUnderTest.start("millrace.api.export.batch-size=7");
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @BeforeEach
    void startFromNothing() {
        api.bean(JdbcClient.class).sql("truncate users cascade").update();
    }

    @Test
    void sendsWhatTheApiSaysOfEachUser() {
        var user = api.post("/users", "{\"email\": \"ada@example.com\", \"fullName\": \"Ada \\\"L\\\"\"}").json();

        var export = api.get("/export/users");

        assertThat(export.status()).isEqualTo(200);
        assertThat(export.header("Content-Type")).isEqualTo("application/json");
        assertThat(export.json()).singleElement().satisfies(exported -> {
            assertThat(exported.propertyNames()).containsExactly("id", "email", "fullName", "createdAt");
            exported.propertyNames().forEach(name -> assertThat(exported.get(name)).isEqualTo(user.get(name)));
        });
    }

    @Test
    void sendsEveryUserOnceAndOldestFirst() {
        // Three of each age, so that batches end in the middle of an age.
        insert(50, "timestamptz '2026-01-01' + (i / 3) * interval '1 microsecond'");
        var inOrder = api.bean(JdbcClient.class).sql("select cast(id as text) from users order by created_at, id")
                .query((row, number) -> row.getString(1)).list();

        assertThat(lines(NDJSON).stream().map(line -> JsonMapper.shared().readTree(line).get("id").asString()))
                .containsExactlyElementsOf(inOrder);
        assertThat(StreamSupport.stream(api.get("/export/users").json().spliterator(), false)
                .map(user -> user.get("id").asString())).containsExactlyElementsOf(inOrder);
        assertThat(lines("text/csv").stream().skip(1).map(line -> line.substring(0, 36)))
                .containsExactlyElementsOf(inOrder);
    }

    @Test
    void endsWellWhereTheLastBatchIsFull() {
        insert(14, "now()");

        assertThat(api.get("/export/users").json()).hasSize(14);
        assertThat(lines(NDJSON)).hasSize(14);
    }

    @Test
    void sendsNothingButTheFormWhereThereIsNobody() {
        assertThat(api.get("/export/users").json()).isEmpty();
        assertThat(api.get("/export/users", "Accept", NDJSON).body()).isEmpty();
        assertThat(api.get("/export/users", "Accept", "text/csv").body()).isEqualTo("id,email,fullName,createdAt\r\n");
    }

    @Test
    void quotesInCsvAndDisarmsFormulas() {
        add("a@example.com", "Smith, \"Al\"");
        add("b@example.com", "=HYPERLINK(\"x\")");
        add("+c@example.com", "two\nlines");

        assertThat(api.get("/export/users", "Accept", "text/csv").body())
                .contains("a@example.com,\"Smith, \"\"Al\"\"\",")
                .contains("b@example.com,\"'=HYPERLINK(\"\"x\"\")\",").contains(",'+c@example.com,\"two\nlines\",");
    }

    @Test
    void refusesOtherForms() {
        var answer = api.get("/export/users", "Accept", "text/html");

        assertThat(answer.status()).isEqualTo(406);
        assertThat(answer.json().path("type").asString()).isEqualTo("/problems/not-acceptable");
    }

    @Test
    void answersHeadWithoutReading() {
        var answer = api.send("HEAD", "/export/users", null, "Accept", "text/csv");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith("text/csv");
    }

    private static List<String> lines(String type) {
        return api.get("/export/users", "Accept", type).body().lines().toList();
    }

    private static void add(String email, String fullName) {
        api.bean(JdbcClient.class).sql("insert into users (id, email, full_name) values (uuidv7(), ?, ?)").param(email)
                .param(fullName).update();
    }

    private static void insert(int users, String createdAt) {
        api.bean(JdbcClient.class).sql("""
                                       insert into users (id, email, full_name, created_at)
                                       select gen_random_uuid(), 'user' || i || '@example.com', 'User ' || i, %s
                                       from generate_series(1, ?) i
                                       """.formatted(createdAt)).param(users).update();
    }
}
