package io.millrace.api.export;

import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** What is copied from Postgres byte by byte, against what writers of whole texts make of the same values. */
final class ExportedTextsTest extends OneUserABatch {

    private static final String ID = "019abcde-f012-7345-8678-9abcdef01234";

    static Stream<Arguments> texts() {
        var everyControlCharacter = new StringBuilder();
        for (char character = 1; character <= 0x7f; character++) {
            everyControlCharacter.append(character);
        }
        return Stream.of(text("nothing special", "Ada Lovelace"), text("quotes", "Ada \"the\" \"\" L"),
                text("backslashes", "C:\\mill\\n\\"), text("slashes", "and/or </script>"),
                text("every character of ASCII", everyControlCharacter.toString()),
                text("line ends", "two\nlines\r\nand\rmore"), text("tabs", "\tbefore and after\t"),
                text("a comma", "Lovelace, Ada"), text("emoji", "👩‍🚀 \uD83D\uDE80"),
                text("letters of the far east", "王小明 さくら 한글"),
                text("line separators of Unicode", "a\u2028b\u2029c\u0085d\uFEFF"), text("accents", "Zoë Čapek ÿ"),
                text("the last code points of a length", "\u007F\u0080\u07FF\u0800\uFFFF\uD800\uDC00\uDBFF\uDFFF"),
                text("a formula", "=1+1"), text("a formula with a quote", "=HYPERLINK(\"x\")"), text("a plus", "+1"),
                text("a minus", "-1"), text("an at", "@sum"), text("a formula after a tab", "\t=1"),
                text("a formula after a return", "\r=1"), text("a formula that comes late", "1=1"),
                text("the longest", "😀".repeat(200)), text("the longest of what grows most", "\u0001".repeat(200)),
                text("the shortest", "a"));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void areAsJacksonWritesThem(String text) {
        insert(text);

        var user = new Exported(UUID.fromString(ID), "\"q\"@example.com", text, "2026-01-02T03:04:05.000006Z");
        String object = api.bean(JsonMapper.class).writeValueAsString(user);

        assertThat(export("application/json")).isEqualTo("[" + object + "]\n");
        assertThat(export("application/x-ndjson")).isEqualTo(object + "\n");
    }

    @ParameterizedTest
    @MethodSource("texts")
    void areQuotedAndDisarmedInCsv(String text) {
        insert(text);

        String disarmed = "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        String field = Stream.of(",", "\"", "\r", "\n").anyMatch(disarmed::contains)
                ? "\"" + disarmed.replace("\"", "\"\"") + "\""
                : disarmed;

        assertThat(export("text/csv")).isEqualTo(String.join("\r\n", List.of("id,email,fullName,createdAt",
                ID + ",\"\"\"q\"\"@example.com\"," + field + ",2026-01-02T03:04:05.000006Z", "")));
    }

    private static Arguments text(String name, String text) {
        return Arguments.of(Named.of(name, text));
    }

    private static String export(String type) {
        return api.get("/export/users", "Accept", type).body();
    }

    private static void insert(String fullName) {
        api.bean(JdbcClient.class).sql("""
                                       insert into users (id, email, full_name, created_at)
                                       values (cast(? as uuid), '"q"@example.com', ?, '2026-01-02T03:04:05.000006Z')
                                       """).param(ID).param(fullName).update();
    }

    private record Exported(UUID id, String email, String fullName, String createdAt) {
    }
}
