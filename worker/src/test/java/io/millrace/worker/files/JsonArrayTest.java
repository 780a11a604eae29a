package io.millrace.worker.files;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.millrace.core.files.FileProfile;

import static io.millrace.worker.files.Profiling.columns;
import static org.assertj.core.api.Assertions.assertThat;

class JsonArrayTest {

    @Test
    void describesTheMembersOfItsObjects() {
        var profile = json("""
                           [
                             {"id": 1, "name": "Ada", "tags": ["a", "b"], "at": {"x": 1}},
                             {"id": 2, "name": "a,b]}\\"", "tags": [], "at": null}
                           ]
                           """);

        assertThat(profile).returns("json", FileProfile::format).returns("UTF-8", FileProfile::encoding)
                .returns(null, FileProfile::delimiter).returns(false, FileProfile::header)
                .returns(2L, FileProfile::rows).returns(0L, FileProfile::rejectedRows);
        assertThat(columns(profile)).extracting(column -> column.name() + " " + column.type()).containsExactly(
                "id integer", "name text", "tags text", "at text");
        assertThat(columns(profile).get(1).examples()).containsExactly("Ada", "a,b]}\"");
        assertThat(columns(profile).get(2).examples()).containsExactly("[\"a\", \"b\"]", "[]");
        assertThat(columns(profile).get(3)).returns(1L, FileProfile.Column::nulls);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.json", "a.csv", "a.ndjson", "a"})
    void isKnownWhateverItIsCalled(String name) {
        assertThat(Profiling.file(name, " [{\"a\": 1},\n {\"a\": 2},{\"a\":3}]\n")).returns("json", FileProfile::format)
                .returns(3L, FileProfile::rows);
    }

    @ParameterizedTest
    @CsvSource({"UTF-8, EFBBBF", "UTF-16LE, FFFE", "UTF-16BE, FEFF", "UTF-16LE, ''", "UTF-32BE, 0000FEFF"})
    void isReadInAnyUnicode(String charset, String mark) {
        byte[] text = "[{\"name\": \"Zoë\"}, {\"name\": \"Åse\"}]".getBytes(Charset.forName(charset));

        var profile = Profiling.file("a.json",
                PackedBytes.joined(HexFormat.of().parseHex(mark), text));

        assertThat(profile).returns("json", FileProfile::format).returns(charset, FileProfile::encoding);
        assertThat(columns(profile).getFirst().examples()).containsExactly("Zoë", "Åse");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", " [ \n ] \n"})
    void mayBeEmpty(String text) {
        assertThat(json(text)).returns("json", FileProfile::format).returns(0L, FileProfile::rows)
                .returns(0L, FileProfile::rejectedRows);
    }

    @Test
    void rejectsElementsThatAreNoObjectOrBroken() {
        assertThat(json("[{}, {}, {}, {\"a\":1}, 2, \"x\", null, [1], {\"a\":}, {\"a\":2}, {\"a\":3]}, {\"a\":4},]"))
                .returns(6L, FileProfile::rows).returns(6L, FileProfile::rejectedRows);
    }

    @Test
    void goesOnBehindAStringThatIsNotClosed() {
        var profile = json("[{\"a\":1},\n{\"a\":\"x},\n{\"a\":3},\n{\"a\":4}]\n");

        assertThat(profile).returns(3L, FileProfile::rows).returns(1L, FileProfile::rejectedRows);
        assertThat(columns(profile).getFirst().max()).isEqualTo("4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[{\"a\":1},{\"a\":2},{\"a\"", "[{\"a\":1},{\"a\":2},", "[{\"a\":1},{\"a\":2},{\"a\":3}",
            "[{\"a\":1},{\"a\":2},{\"a\":\"\\"})
    void rejectsTheElementAtWhichItIsCutOff(String text) {
        assertThat(json(text)).returns(2L, FileProfile::rows).returns(1L, FileProfile::rejectedRows);
    }

    @Test
    void rejectsWhatStandsBehindIt() {
        String array = "[" + "{\"a\":1},".repeat(40_000) + "{\"a\":2}]";

        assertThat(json(array + " [1]\n")).returns(40_001L, FileProfile::rows).returns(1L, FileProfile::rejectedRows);
    }

    @Test
    void rejectsAnElementThatIsTooLong() {
        String element = "{\"a\": \"" + "x".repeat(3 * TextPieces.MAX_PIECE) + "\"}";

        assertThat(json("[{\"a\":1}, " + element + ", {\"a\":2}, " + element + "]"))
                .returns(2L, FileProfile::rows).returns(2L, FileProfile::rejectedRows);
    }

    @Test
    void isKnownByAFirstElementThatIsLongerThanWhatIsLookedAt() {
        String element = "{\"a\": \"" + "x".repeat(ByteHead.MAX) + "\"}";

        assertThat(json("[" + element + ", {\"a\":2}]")).returns("json", FileProfile::format)
                .returns(2L, FileProfile::rows);
    }

    @Test
    void rejectsAnElementThatIsNestedTooDeep() {
        String element = "{\"a\": " + "[".repeat(100_000) + "]".repeat(100_000) + "}";

        assertThat(json("[{\"a\":1}, " + element + ", {\"a\":2}]")).returns(2L, FileProfile::rows)
                .returns(1L, FileProfile::rejectedRows);
    }

    @Test
    void countsTheFirstOfTwoMembersOfTheSameName() {
        assertThat(columns(json("[{\"a\":1,\"a\":2},{\"a\":3}]")).getFirst()).returns(2.0, FileProfile.Column::mean);
    }

    @Test
    void isLongerThanEveryBuffer() throws IOException {
        byte[] some = PackedBytes.utf8("{\"a\": 12345, \"b\": true},\n".repeat(40_000));
        var parts = Stream.of(List.of(PackedBytes.utf8("[")), Collections.nCopies(16, some),
                List.of(PackedBytes.utf8("{}]"))).flatMap(List::stream).map(ByteArrayInputStream::new)
                .map(InputStream.class::cast).toList();

        var profile = Profiling.PROFILER.profile(() -> new SequenceInputStream(Collections.enumeration(parts)),
                new FileHints("a.json", null), bytes -> {
                });

        assertThat(profile).returns(16 * 40_000L + 1, FileProfile::rows).returns(0L, FileProfile::rejectedRows);
        assertThat(columns(profile)).extracting(FileProfile.Column::nulls).containsExactly(1L, 1L);
    }

    private static FileProfile json(String text) {
        return Profiling.file("data.json", text);
    }
}
