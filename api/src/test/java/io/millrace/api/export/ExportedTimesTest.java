package io.millrace.api.export;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/** One user a batch, so that each time is also where the next statement goes on. */
final class ExportedTimesTest extends OneUserABatch {

    private static final List<String> FROM_END_TO_END = List.of("-infinity", "4713-01-01 00:00:00Z BC",
            "0001-12-31 23:59:59.999999Z BC", "0001-01-01 00:00:00Z", "1582-10-15 12:00:00Z", "1969-12-31 23:59:59.5Z",
            "1969-12-31 23:59:59.999999Z", "1970-01-01 00:00:00Z", "1970-01-01 00:00:00.000001Z",
            "1999-12-31 23:59:59.999999Z", "2000-01-01 00:00:00Z", "2024-02-29 23:59:59.1Z", "2026-01-02 03:04:05Z",
            "2026-01-02 03:04:05.000001Z", "9999-12-31 23:59:59.999999Z", "10000-01-01 00:00:00Z",
            "294276-12-31 23:59:59.999999Z", "infinity");

    @ParameterizedTest
    @CsvSource({"2026-01-02 03:04:05Z, 2026-01-02T03:04:05.000000Z",
            "2026-01-02 03:04:05.1Z, 2026-01-02T03:04:05.100000Z",
            "2026-01-02 03:04:05.000001Z, 2026-01-02T03:04:05.000001Z",
            "2026-01-02 00:30:00.123456+01, 2026-01-01T23:30:00.123456Z",
            "1999-12-31 23:59:59.999999Z, 1999-12-31T23:59:59.999999Z",
            "1969-12-31 23:59:59.5Z, 1969-12-31T23:59:59.500000Z",
            "1883-11-18 12:00:00.000001Z, 1883-11-18T12:00:00.000001Z",
            "10000-01-01 00:00:00Z, +10000-01-01T00:00:00.000000Z",
            "294246-12-31 23:59:59.999999Z, +294246-12-31T23:59:59.999999Z",
            "294276-12-31 23:59:59.999999Z, +294276-12-31T23:59:59.999999Z",
            "4713-01-01 00:00:00Z BC, -4712-01-01T00:00:00.000000Z",
            "0044-03-15 12:00:00Z BC, -0043-03-15T12:00:00.000000Z", "infinity, infinity", "-infinity, -infinity"})
    void areWrittenWithMicroseconds(String time, String text) {
        insert(time);

        assertThat(api.get("/export/users").json().path(0).path("createdAt").asString()).isEqualTo(text);
        assertThat(api.get("/export/users", "Accept", "text/csv").body()).endsWith("," + text + "\r\n");
    }

    @Test
    void areGoneOnFromExactly() {
        FROM_END_TO_END.forEach(ExportedTimesTest::insert);
        FROM_END_TO_END.forEach(ExportedTimesTest::insert);

        var inOrder = api.bean(JdbcClient.class).sql("select cast(id as text) from users order by created_at, id")
                .query((row, number) -> row.getString(1)).list();

        assertThat(api.get("/export/users").json().values().stream().map(user -> user.get("id").asString()))
                .hasSize(2 * FROM_END_TO_END.size()).containsExactlyElementsOf(inOrder);
    }

    private static void insert(String createdAt) {
        api.bean(JdbcClient.class)
                .sql("""
                     insert into users (id, email, full_name, created_at)
                     values (gen_random_uuid(), uuidv7() || '@example.com', 'Ada', cast(? as timestamptz))
                     """).param(createdAt).update();
    }
}
