package io.millrace.api.files;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.millrace.api.http.ProblemException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FileNameTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                                                                  attachment; filename=data.csv                                    | data.csv
                                                                  attachment; filename="data of 2025; final.csv"                   | data of 2025; final.csv
                                                                  attachment; filename="say \\"hi\\".csv"                          | say "hi".csv
                                                                  attachment; filename="a%22b.csv"                                 | a%22b.csv
                                                                  attachment; FileName="upper.CSV"                                 | upper.CSV
                                                                  attachment; filename*=UTF-8''%E6%9D%8E%E5%B0%8F%E9%BE%8D.csv     | 李小龍.csv
                                                                  attachment; filename="fallback"; filename*=UTF-8''%C3%85.csv     | Å.csv
                                                                  attachment; filename*=UTF-8''%C3%85.csv; filename="fallback"     | Å.csv
                                                                  attachment; filename*=ISO-8859-1''%C5ngstr%F6m.csv               | Ångström.csv
                                                                  form-data; name="file"; filename="in a form.csv"                 | in a form.csv
                                                                  attachment; filename="/etc/passwd"                               | passwd
                                                                  attachment; filename="../../etc/passwd"                          | passwd
                                                                  attachment; filename="C:\\Users\\me\\data.csv"                   | data.csv
                                                                  attachment; filename="C:\\\\Users\\\\me\\\\data.csv"             | data.csv
                                                                  attachment; filename*=UTF-8''..%2F..%5Cdata.csv                  | data.csv
                                                                  attachment; filename="  spaces around.csv "                      | spaces around.csv
                                                                  attachment; filename=".hidden"                                   | .hidden
                                                                  attachment; filename="no extension"                              | no extension
                                                                  """)
    void readsTheNameAndLeavesOutAnyPath(String header, String name) {
        assertThat(FileName.of(FileName.parse(header))).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Zoë Ångström.csv", "李小龍.csv", "🎉.csv"})
    void readsBytesSentAsTheyAre(String name) {
        String header = "attachment; filename=\"" + onTheWire(name) + "\"";

        assertThat(FileName.of(FileName.parse(header))).isEqualTo(name);
    }

    @Test
    void readsLatin1WhereItIsNoUtf8() {
        assertThat(FileName.of(FileName.parse("attachment; filename=\"Ångström.csv\""))).isEqualTo("Ångström.csv");
    }

    @ParameterizedTest
    @ValueSource(strings = {"attachment; filename=\"\"", "attachment; filename=\" \"", "attachment; filename=\"dir/\"",
            "attachment; filename=\"..\"", "attachment; filename=\"a/.\"", "attachment; filename=\"C:\\\\\""})
    void refusesANameThatNamesNoFile(String header) {
        assertRefused(header, "filename must name a file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a%00b.csv", "a%0Ab.csv", "%C2%85.csv", "%00%2Fdata.csv", "%7F"})
    void refusesControlCharacters(String encoded) {
        assertRefused("attachment; filename*=UTF-8''" + encoded, "filename must not contain control characters");
    }

    @Test
    void takes255CharactersAndNotOneMore() {
        String longest = onTheWire("🎉").repeat(255);

        assertThat(FileName.of(FileName.parse("attachment; filename=\"dir/" + longest + "\"")))
                .isEqualTo("🎉".repeat(255));
        assertRefused("attachment; filename=\"a" + longest + "\"", "filename must be at most 255 characters long");
    }

    @ParameterizedTest
    @ValueSource(strings = {"attachment", "attachment; name=\"file\"", "inline"})
    void refusesAMissingName(String header) {
        assertThatThrownBy(() -> FileName.of(FileName.parse(header))).isInstanceOf(ProblemException.class)
                .hasMessageContaining("filename is missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ";", "attachment; filename", "attachment; filename=\"",
            "attachment; filename*=UTF-8''%",
            "attachment; filename*=UTF-8''%zz", "attachment; filename*=no-charset''a",
            "attachment; filename*=UTF-7''a"})
    void refusesAHeaderThatCannotBeRead(String header) {
        assertThatThrownBy(() -> FileName.of(FileName.parse(header))).isInstanceOf(ProblemException.class);
    }

    private static String onTheWire(String name) {
        return new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    private static void assertRefused(String header, String message) {
        assertThatThrownBy(() -> FileName.of(FileName.parse(header))).isInstanceOf(ProblemException.class)
                .hasMessageContaining(message);
    }
}
