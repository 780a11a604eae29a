package io.millrace.api.files;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class FileDownloadTest {

    private static final byte[] CONTENT = new byte[1_500_000];

    static {
        new SplittableRandom(1).nextBytes(CONTENT);
    }

    @BeforeEach
    void startFromNothing() {
        FilesApi.forgetEverything();
    }

    @Test
    void sendsTheContentAsItCame() {
        HttpResponse<byte[]> answer = FilesApi.download(stored("data.csv", "Content-Type", "text/html") + "/content");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(CONTENT);
        assertThat(header(answer, "Content-Type")).as("what it is, not what it was said to be")
                .isEqualTo("application/octet-stream");
        assertThat(header(answer, "Content-Length")).isEqualTo("1500000");
        assertThat(header(answer, "ETag")).matches("\"[0-9a-f]{64}\"");
    }

    @Test
    void neverLetsABrowserShowOrRunIt() {
        HttpResponse<byte[]> answer = FilesApi.download(stored("page.html", "Content-Type", "text/html") + "/content",
                "Accept", "image/png");

        assertThat(header(answer, "Content-Disposition")).startsWith("attachment;");
        assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(header(answer, "Content-Security-Policy")).isEqualTo("sandbox");
    }

    @Test
    void sendsTheDeclaredTypeWhereTheContentIsOfIt() {
        String path = FilesApi.upload("", "name,age\nAda,36\n".getBytes(StandardCharsets.UTF_8), "Content-Type",
                "text/csv; charset=utf-8", "Content-Disposition", "attachment; filename=\"page.html\"")
                .header("Location");

        assertThat(header(FilesApi.download(path + "/content"), "Content-Type")).isEqualTo("text/csv;charset=utf-8");
    }

    @Test
    void sendsAnUndeclaredTypeAsBytes() {
        assertThat(header(FilesApi.download(stored("data") + "/content"), "Content-Type"))
                .isEqualTo("application/octet-stream");
    }

    @ParameterizedTest
    @ValueSource(strings = {"李小龍.csv", "say \"hi\"; a=b.csv", "100%.csv", "it's.csv"})
    void saysTheNameSoThatItReadsBackTheSame(String name) {
        String encoded = java.net.URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
        String path = stored("*=UTF-8''" + encoded);

        String disposition = header(FilesApi.download(path + "/content"), "Content-Disposition");

        assertThat(disposition).isPrintable().contains("filename*=UTF-8''");
        assertThat(FileName.of(FileName.parse(disposition))).isEqualTo(name);
    }

    @Test
    void sendsNothingToWhoHasIt() {
        String path = stored("data.csv") + "/content";
        String etag = header(FilesApi.download(path), "ETag");

        HttpResponse<byte[]> answer = FilesApi.download(path, "If-None-Match", etag);

        assertThat(answer.statusCode()).isEqualTo(304);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void goesOnWhereADownloadWasCut() {
        HttpResponse<byte[]> answer = FilesApi.download(stored("data.csv") + "/content", "Range", "bytes=1200000-");

        assertThat(answer.statusCode()).isEqualTo(206);
        assertThat(header(answer, "Content-Range")).isEqualTo("bytes 1200000-1499999/1500000");
        assertThat(answer.body()).isEqualTo(Arrays.copyOfRange(CONTENT, 1_200_000, 1_500_000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=1500000-", "bytes=9-1", "bytes=x"})
    void refusesARangeInWhichThereIsNothing(String range) {
        String content = stored("data.csv") + "/content";

        HttpResponse<byte[]> answer = FilesApi.download(content, "Range", range);

        assertThat(answer.statusCode()).isEqualTo(416);
        assertThat(header(answer, "Content-Range")).isEqualTo("bytes */1500000");
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains("/problems/range-not-satisfiable");
        String etag = header(FilesApi.download(content), "ETag");
        assertThat(FilesApi.download(content, "Range", range, "If-None-Match", etag).statusCode()).isEqualTo(304);
    }

    @Test
    void ignoresARangeOfAnotherUnit() {
        HttpResponse<byte[]> answer = FilesApi.download(stored("data.csv") + "/content", "Range", "lines=1-2");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(CONTENT);
    }

    @Test
    void answersAHeadWithTheHeadersAlone() {
        var answer = FilesApi.API.send("HEAD", stored("data.csv") + "/content", null);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Length")).isEqualTo("1500000");
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void forgetsADeletedFile() {
        String path = stored("data.csv");

        assertThat(FilesApi.API.delete(path).status()).isEqualTo(204);

        assertThat(FilesApi.API.get(path).status()).isEqualTo(404);
        assertThat(FilesApi.API.get(path + "/content").status()).isEqualTo(404);
        assertThat(FilesApi.API.delete(path).status()).isEqualTo(404);
        assertThat(FilesApi.chunks()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/files/00000000-0000-0000-0000-000000000000", "/files/data.csv", "/files/1%00"})
    void knowsNoOtherFiles(String path) {
        assertThat(FilesApi.API.get(path).status()).isIn(400, 404);
    }

    @Test
    void answersAProblemWhateverTypeWasAskedFor() {
        var answer = FilesApi.API.get("/files/00000000-0000-0000-0000-000000000000/content", "Accept", "text/csv");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.json().path("type").asString()).isEqualTo("/problems/not-found");
    }

    private static String stored(String filename, String... headers) {
        String parameter = filename.startsWith("*") ? "filename" + filename : "filename=\"" + filename + "\"";
        String[] all = Arrays.copyOf(headers, headers.length + 2);
        all[headers.length] = "Content-Disposition";
        all[headers.length + 1] = "attachment; " + parameter;
        return FilesApi.upload("", CONTENT, all).header("Location");
    }

    private static String header(HttpResponse<byte[]> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }
}
