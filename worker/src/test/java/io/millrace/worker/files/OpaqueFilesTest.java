package io.millrace.worker.files;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

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
    void namesCompressedFiles() throws IOException {
        var gzip = new ByteArrayOutputStream();
        try (var output = new GZIPOutputStream(gzip)) {
            output.write("a,b\n1,2\n".getBytes(StandardCharsets.UTF_8));
        }
        var zip = new ByteArrayOutputStream();
        try (var output = new ZipOutputStream(zip)) {
            output.putNextEntry(new ZipEntry("a.csv"));
            output.write("a,b\n1,2\n".getBytes(StandardCharsets.UTF_8));
        }

        assertThat(Profiling.file("a.csv.gz", gzip.toByteArray()).format()).isEqualTo("application/gzip");
        assertThat(Profiling.file("a.csv", gzip.toByteArray()).format()).isEqualTo("application/gzip");
        assertThat(Profiling.file("a.zip", zip.toByteArray()).format()).isEqualTo("application/zip");
        assertThat(Profiling.file("a.csv", zip.toByteArray()).format()).isEqualTo("application/zip");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.json", "a.csv", "a.ndjson", "a"})
    void namesAJsonArrayWhateverItIsCalled(String name) {
        assertThat(Profiling.file(name, " [{\"a\": 1},\n {\"a\": 2},\n {\"a\": 3}]\n").format())
                .isEqualTo("application/json");
    }

    @Test
    void namesAJsonArrayThatIsLongerThanWhatIsLookedAt() {
        String array = "[" + "{\"a\": 1, \"b\": 2},\n".repeat(50_000) + "{}]";

        assertThat(Profiling.file("a.csv", array)).returns("application/json", FileProfile::format)
                .returns((long) array.length(), FileProfile::bytes);
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
