package io.millrace.worker.files;

import org.junit.jupiter.api.Test;

import io.millrace.core.files.FileProfile;

import static io.millrace.worker.files.Profiling.columns;
import static org.assertj.core.api.Assertions.assertThat;

class JsonLinesTest {

    @Test
    void describesTheMembersOfItsObjects() {
        var profile = ndjson("""
                             {"id": 1, "name": "Ada", "born": "1815-12-10", "score": 2.5, "alive": false}
                             {"id": 2, "name": "Alan", "born": "1912-06-23", "score": 10, "alive": true}
                             """);

        assertThat(profile).returns("ndjson", FileProfile::format).returns("UTF-8", FileProfile::encoding)
                .returns(null, FileProfile::delimiter).returns(false, FileProfile::header)
                .returns(2L, FileProfile::rows).returns(0L, FileProfile::rejectedRows);
        assertThat(columns(profile)).extracting(column -> column.name() + " " + column.type()).containsExactly(
                "id integer", "name text", "born date", "score number", "alive boolean");
        assertThat(columns(profile).get(3)).returns("2.5", FileProfile.Column::min)
                .returns("10", FileProfile.Column::max).returns(6.25, FileProfile.Column::mean);
    }

    @Test
    void countsAbsentMembersAndNullsAsNulls() {
        var profile = ndjson("{\"a\":1}\n{\"a\":null,\"b\":\"\"}\n{\"b\":\"NA\"}\n");

        assertThat(columns(profile).getFirst()).returns("a", FileProfile.Column::name)
                .returns(2L, FileProfile.Column::nulls);
        assertThat(columns(profile).getLast()).returns("b", FileProfile.Column::name)
                .returns(1L, FileProfile.Column::nulls).returns(2L, FileProfile.Column::distinct);
    }

    @Test
    void takesAStringOfDigitsForText() {
        var profile = ndjson("{\"code\":\"12\",\"sum\":1}\n{\"code\":\"13\",\"sum\":\"two\"}\n");

        assertThat(columns(profile)).extracting(FileProfile.Column::type).containsExactly("text", "text");
    }

    @Test
    void takesNestedValuesAsTheyStand() {
        var profile = ndjson("""
                             {"at": {"x": 1, "y": [2, 3]}, "tags": ["a", "b"]}
                             {"at": {"x": 2}, "tags": []}
                             """);

        assertThat(columns(profile).getFirst().examples()).containsExactly("{\"x\": 1, \"y\": [2, 3]}", "{\"x\": 2}");
        assertThat(columns(profile).getLast()).returns("text", FileProfile.Column::type)
                .returns("[]", FileProfile.Column::max);
    }

    @Test
    void rejectsLinesThatAreNoObjectAndSkipsBlankOnes() {
        var profile = ndjson("""
                             {"a": 1}
                             {"a": 2

                             [1, 2]
                             "text"
                             {"a": 3} trailing
                             not json
                             {"b": 1, "a": }
                             \t
                             {"a": 4}""");

        assertThat(profile).returns(2L, FileProfile::rows).returns(6L, FileProfile::rejectedRows);
        assertThat(columns(profile)).singleElement().returns("4", FileProfile.Column::max);
    }

    @Test
    void readsAFileWhoseFirstLineIsBroken() {
        assertThat(ndjson("{\"a\": \n{\"a\": 1}\n{\"a\": 2}\n")).returns(2L, FileProfile::rows).returns(1L,
                FileProfile::rejectedRows);
    }

    @Test
    void recognizesItWithoutBeingTold() {
        var profile = Profiling.file("events.csv", "{\"a\": 1, \"b\": 2}\r\n{\"a\": 2, \"b\": 3}\r\n");

        assertThat(profile).returns("ndjson", FileProfile::format).returns(2L, FileProfile::rows).returns(0L,
                FileProfile::rejectedRows);
    }

    @Test
    void readsASingleLine() {
        assertThat(ndjson("{\"a\": 1}").rows()).isEqualTo(1);
    }

    @Test
    void describesAnEmptyFile() {
        var profile = ndjson("");

        assertThat(profile).returns("ndjson", FileProfile::format).returns(0L, FileProfile::rows);
        assertThat(columns(profile)).isEmpty();
    }

    @Test
    void rejectsALineThatIsTooLong() {
        String line = "{\"a\": \"" + "x".repeat(3 * TextPieces.MAX_PIECE) + "\"}\n";

        assertThat(ndjson("{\"a\":1}\n" + line + "{\"a\":2}\n" + line)).returns(2L, FileProfile::rows).returns(2L,
                FileProfile::rejectedRows);
    }

    @Test
    void rejectsALineThatIsNestedTooDeep() {
        String line = "{\"a\": " + "[".repeat(100_000) + "]".repeat(100_000) + "}\n";

        assertThat(ndjson("{\"a\":1}\n" + line + "{\"a\":2}\n")).returns(2L, FileProfile::rows).returns(1L,
                FileProfile::rejectedRows);
    }

    @Test
    void countsTheFirstOfTwoMembersOfTheSameName() {
        var profile = ndjson("{\"a\":1,\"a\":2}\n{\"a\":3}\n");

        assertThat(columns(profile).getFirst()).returns(0L, FileProfile.Column::nulls)
                .returns(2.0, FileProfile.Column::mean);
    }

    @Test
    void profilesNoMoreMembersThanItsBound() {
        var lines = new StringBuilder();
        for (int i = 0; i < 11_000; i++) {
            lines.append("{\"k").append(i).append("\":").append(i).append("}\n");
        }

        var profile = ndjson(lines.toString());

        assertThat(profile.rows()).isEqualTo(11_000);
        assertThat(columns(profile)).hasSize(10_000);
    }

    private static FileProfile ndjson(String text) {
        return Profiling.file("data.ndjson", text);
    }
}
