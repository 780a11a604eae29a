package io.millrace.api.files;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.millrace.api.ApiUnderTest.Answer;

import static org.assertj.core.api.Assertions.assertThat;

class MultipartUploadTest {

    private static final String FILE_PART = """
                                            --parts\r
                                            Content-Disposition: form-data; name="file"; filename="data.csv"\r
                                            Content-Type: text/csv\r
                                            \r
                                            a,b
                                            1,2
                                            \r
                                            """;

    @BeforeEach
    void startFromNothing() {
        FilesApi.forgetEverything();
    }

    @Test
    void keepsTheOnePart() {
        Answer answer = upload("?process=profile-file", FILE_PART + "--parts--\r\n");

        assertThat(answer.status()).isEqualTo(202);
        var file = answer.json().path("file");
        assertThat(file.path("name").asString()).isEqualTo("data.csv");
        assertThat(file.path("size").asLong()).isEqualTo(8);
        assertThat(file.path("contentType").asString()).isEqualTo("text/csv");
        assertThat(answer.json().path("jobId").asString()).isNotEmpty();
    }

    @Test
    void keepsEveryByteOfAPartThatIsNoText() {
        byte[] content = new byte[1_000_001];
        ThreadLocalRandom.current().nextBytes(content);
        var body = new ByteArrayOutputStream();
        body.writeBytes(bytes("""
                              --parts\r
                              content-disposition: form-data; name=file; filename=random.bin\r
                              \r
                              """));
        body.writeBytes(content);
        body.writeBytes(bytes("\r\n--parts--\r\n"));

        Answer answer = FilesApi.upload("", body.toByteArray(), "Content-Type", "multipart/form-data; boundary=parts");

        assertThat(answer.status()).isEqualTo(201);
        assertThat(FilesApi.download(answer.header("Location") + "/content").body()).isEqualTo(content);
    }

    @ParameterizedTest
    @ValueSource(strings = {"filename=\"Zoë 李小龍.csv\"",
            "filename=x; filename*=UTF-8''Zo%C3%AB%20%E6%9D%8E%E5%B0%8F%E9%BE%8D.csv",
            "filename=\"/tmp/Zoë 李小龍.csv\""})
    void readsUnusualNames(String filename) {
        Answer answer = upload("", FILE_PART.replace("filename=\"data.csv\"", filename) + "--parts--\r\n");

        assertThat(answer.json().path("file").path("name").asString()).isEqualTo("Zoë 李小龍.csv");
    }

    @Test
    void takesAnEmptyFile() {
        Answer answer = upload("", """
                                   --parts\r
                                   Content-Disposition: form-data; name="file"; filename="empty.csv"\r
                                   \r
                                   \r
                                   --parts--\r
                                   """);

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.json().path("file").path("size").asLong()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--parts--\r\n", "no parts at all"})
    void refusesABodyWithoutParts(String body) {
        assertRefused(upload("", body), "file");
    }

    @Test
    void refusesAPartOfAnotherName() {
        assertRefused(upload("", FILE_PART.replace("name=\"file\"", "name=\"document\"") + "--parts--\r\n"), "file");
    }

    @Test
    void refusesASecondPartAndKeepsNothingOfTheFirst() {
        assertRefused(upload("?process=profile-file", FILE_PART + FILE_PART + "--parts--\r\n"), "file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "; filename=\"\"", "; filename=\"a/\"", "; filename*=UTF-8''a%00b"})
    void refusesAPartWithoutAProperName(String filename) {
        assertRefused(upload("", FILE_PART.replace("; filename=\"data.csv\"", filename) + "--parts--\r\n"),
                "filename");
    }

    @ParameterizedTest
    @ValueSource(strings = {"csv", "*/*", "text/csv; x=\"é\"", "text/csv; x=\"\0\""})
    void refusesAPartThatDeclaresNoMediaType(String contentType) {
        assertRefused(upload("", FILE_PART.replace("text/csv", contentType) + "--parts--\r\n"), "Content-Type");
    }

    @ParameterizedTest
    @ValueSource(strings = {"multipart/form-data", "multipart/form-data; boundary=\"\""})
    void refusesABodyWithoutABoundary(String contentType) {
        assertRefused(FilesApi.upload("", bytes(FILE_PART), "Content-Type", contentType), "Content-Type");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--part", "--parts", "--parts-", "--partsX"})
    void keepsNothingOfABodyThatBreaksOff(String end) {
        Answer answer = upload("?process=profile-file", FILE_PART + end);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("is not well-formed");
        assertThat(FilesApi.rows()).isZero();
        assertThat(FilesApi.chunks()).isZero();
    }

    @Test
    void refusesAPartOverTheLimit() {
        String part = FILE_PART.replace("1,2", "1".repeat(FilesApi.MAX_BYTES));

        Answer answer = upload("", part + "--parts--\r\n");

        assertThat(answer.status()).isEqualTo(413);
        assertThat(FilesApi.rows()).isZero();
        assertThat(FilesApi.chunks()).isZero();
    }

    @Test
    void refusesEndlessPartHeaders() {
        Answer answer = upload("", FILE_PART.replace("text/csv", "text/" + "x".repeat(100_000)));

        assertThat(answer.status()).isEqualTo(400);
    }

    private static Answer upload(String query, String body) {
        return FilesApi.upload(query, bytes(body), "Content-Type", "multipart/form-data; boundary=\"parts\"");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void assertRefused(Answer answer, String field) {
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.errorFields()).containsExactly(field);
        assertThat(FilesApi.rows()).isZero();
        assertThat(FilesApi.chunks()).isZero();
    }
}
