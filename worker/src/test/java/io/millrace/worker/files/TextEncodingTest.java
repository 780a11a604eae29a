package io.millrace.worker.files;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.HexFormat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.millrace.core.files.FileProfile;

import static io.millrace.worker.files.Profiling.columns;
import static org.assertj.core.api.Assertions.assertThat;

class TextEncodingTest {

    private static final String TEXT = "id,name\n1,Zoë Ångström\n2,Renée\n3,Jürgen\n";

    @ParameterizedTest
    @CsvSource({"UTF-8, ''", "UTF-8, EFBBBF", "UTF-16LE, FFFE", "UTF-16BE, FEFF", "UTF-16LE, ''", "UTF-16BE, ''",
            "UTF-32LE, FFFE0000", "UTF-32BE, 0000FEFF", "windows-1252, ''"})
    void recognizesTheEncoding(String charset, String mark) {
        var profile = Profiling.file("data.csv", encoded(TEXT, charset, mark));

        assertThat(profile).returns(charset, FileProfile::encoding).returns(3L, FileProfile::rows)
                .returns(0L, FileProfile::rejectedRows);
        assertThat(columns(profile).getFirst().name()).isEqualTo("id");
        assertThat(columns(profile).get(1).examples()).containsExactly("Zoë Ångström", "Renée", "Jürgen");
    }

    @Test
    void readsUtf16OfAnotherScript() {
        var profile = Profiling.file("data.csv", encoded("編號,姓名\n1,李小龍\n2,成龍\n", "UTF-16LE", ""));

        assertThat(profile.encoding()).isEqualTo("UTF-16LE");
        assertThat(columns(profile).get(1)).returns("姓名", FileProfile.Column::name);
    }

    @Test
    void takesTheDeclaredCharacterSetWhereItIsNotUnicode() {
        var hints = new FileHints("data.csv", "text/csv; charset=\"windows-1251\"");

        var profile = Profiling.file(hints, encoded("ид,имя\n1,Иван\n", "windows-1251", ""));

        assertThat(profile.encoding()).isEqualTo("windows-1251");
        assertThat(columns(profile).get(1).examples()).containsExactly("Иван");
    }

    @Test
    void believesTheContentRatherThanTheDeclaration() {
        var hints = new FileHints("data.csv", "text/csv; charset=iso-8859-1");

        assertThat(Profiling.file(hints, encoded(TEXT, "UTF-8", "")).encoding()).isEqualTo("UTF-8");
    }

    @Test
    void doesNotMindADeclarationItCannotRead() {
        var hints = new FileHints("data.csv", "text/csv; charset=no-such-thing");

        assertThat(Profiling.file(hints, encoded(TEXT, "windows-1252", "")).encoding()).isEqualTo("windows-1252");
    }

    @ParameterizedTest
    @CsvSource({"UTF-8", "windows-1252"})
    void decidesAtTheFirstLetterBeyondAsciiHoweverLateItComes(String charset) {
        String asciiRows = "id,name\n" + "1,plain\n".repeat(100_000);

        var profile = Profiling.file("data.csv", encoded(asciiRows + "2,Zoë\n3,Åse\n", charset, ""));

        assertThat(profile).returns(charset, FileProfile::encoding).returns(100_002L, FileProfile::rows);
        assertThat(columns(profile).get(1).examples()).containsExactly("plain", "Zoë", "Åse");
    }

    @ParameterizedTest
    @CsvSource({"UTF-8, 1", "UTF-16LE, 1", "UTF-16BE, 3"})
    void readsAFileThatEndsInTheMiddleOfACharacter(String charset, int missing) {
        byte[] whole = encoded("id,name\n1,Zoë\n2,Ren\uD83D\uDE00", charset, "");

        var profile = Profiling.file("data.csv", Arrays.copyOf(whole, whole.length - missing));

        assertThat(profile).returns(charset, FileProfile::encoding).returns(2L, FileProfile::rows);
        assertThat(columns(profile).get(1).examples().getLast()).isEqualTo("Ren\uFFFD");
    }

    @Test
    void takesALoneLastByteForALetterOfWindows1252() {
        var profile = Profiling.file("data.csv", encoded("drink\ntea\ncafé", "windows-1252", ""));

        assertThat(profile.encoding()).isEqualTo("windows-1252");
        assertThat(columns(profile).getFirst().examples()).containsExactly("tea", "café");
    }

    @Test
    void readsJsonLinesInUtf16() {
        var profile = Profiling.file("data.ndjson", encoded("{\"a\":1}\n{\"a\":2}\n", "UTF-16LE", "FFFE"));

        assertThat(profile).returns("ndjson", FileProfile::format).returns(2L, FileProfile::rows);
    }

    private static byte[] encoded(String text, String charset, String mark) {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(HexFormat.of().parseHex(mark));
        bytes.writeBytes(text.getBytes(Charset.forName(charset)));
        return bytes.toByteArray();
    }
}
