package io.millrace.worker.files;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.millrace.core.files.FileProfile;

import static org.assertj.core.api.Assertions.assertThat;

class OpaqueFilesTest {

    private static final byte[] PNG = Base64.getDecoder().decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ"
            + "AAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    @Test
    void namesTheTypeOfAnImage() {
        assertThat(Profiling.file("picture.png", PNG)).isEqualTo(FileProfile.opaque("image/png", PNG.length,
                "6b7fa434f92a8b80aab02d9bf1a12e49ffcae424e4013a1c4f68b67e3d2bbcd0"));
    }

    @Test
    void isNotMisledByANameOrADeclaration() {
        assertThat(Profiling.file(new FileHints("table.csv", "text/csv"), PNG).format()).isEqualTo("image/png");
    }

    @Test
    void namesRandomBytesUnderACsvName() {
        byte[] noise = new byte[100_000];
        new Random(1).nextBytes(noise);

        assertThat(Profiling.file("table.csv", noise)).returns("application/octet-stream", FileProfile::format)
                .returns(100_000L, FileProfile::bytes).returns(null, FileProfile::columns);
    }

    @Test
    void namesADocumentThatIsAnArchiveInside() {
        byte[] zip = PackedBytes.zip("word/document.xml", "<w/>".getBytes(StandardCharsets.UTF_8));

        assertThat(Profiling.file("letter.docx", zip).format())
                .isEqualTo("application/vnd.openxmlformats-officedocument.wordprocessingml.document");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1, 2, 3]", "[[1, 2], [3, 4]]", "[\"a\", {\"b\": 1}, 2]", "[{\"a\": 1}]\n[{\"a\": 2}]\n"})
    void namesAJsonArrayOfAnythingButObjects(String array) {
        assertThat(Profiling.file("a.json", array).format()).isEqualTo("application/json");
    }

    @Test
    void namesADeepDocument() {
        String deep = "[".repeat(600_000) + "]".repeat(600_000);

        assertThat(Profiling.file("a.json", deep).format()).isEqualTo("application/json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\": 1}", "{\"a\": 1,\n\"b\": 2}"})
    void namesAJsonDocument(String document) {
        assertThat(Profiling.file("a.json", document).format()).isEqualTo("application/json");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                                            notes.txt  | text/plain      | One line, then\\nanother one\\nand, well, a third.\\n
                                            page       | text/html       | <!DOCTYPE html>\\n<html><body>a, b</body></html>\\n
                                            feed       | application/xml | <?xml version="1.0"?>\\n<feed>\\n</feed>\\n
                                            readme.md  | text/markdown | # Title, and more\\n
                                            """)
    void namesOtherText(String name, String type, String text) {
        assertThat(Profiling.file(name, text.replace("\\n", "\n")).format()).isEqualTo(type);
    }

    @Test
    void namesAnEmptyFileOfWhichNobodySaysWhatItIs() {
        assertThat(Profiling.file("upload", "")).returns("application/octet-stream", FileProfile::format)
                .returns(0L, FileProfile::bytes);
    }
}
