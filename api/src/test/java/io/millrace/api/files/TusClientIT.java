package io.millrace.api.files;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

import io.millrace.api.ApiUnderTest;
import io.millrace.testkit.FreePort;
import io.millrace.testkit.JarProcess;
import io.millrace.testkit.TestPostgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A client that is not ours, through a line that breaks, to an API with less memory than the file has bytes. */
@Tag("long")
final class TusClientIT {

    private static final int SIZE = 200_000_000;
    private static final int CUTS = 10;
    private static final int PORT = FreePort.find();
    private static final String API = "http://127.0.0.1:" + PORT;

    private final HttpClient http = HttpClient.newHttpClient();
    private final long seed = new Random().nextInt(1_000_000);

    @Test
    void uploads200MegabytesThroughALineThatIsCutTenTimes(@TempDir Path folder) throws Exception {
        var client = NodeProgram.installed(Files.createDirectory(folder.resolve("client")));
        Path file = folder.resolve("large.bin");
        String sha256 = write(file);
        try (var api = start(); var proxy = new CuttingProxy(PORT, CUTS, SIZE, new Random(seed))) {
            String said = client.run("upload.mjs",
                    "http://127.0.0.1:" + proxy.port() + "/files/tus?process=profile-file", file.toString());

            var upload = JsonMapper.shared().readTree(said);
            assertThat(proxy.cut()).as("seed " + seed).isEqualTo(CUTS);
            assertThat(upload.path("retries").asInt()).as(said).isGreaterThanOrEqualTo(CUTS);
            String path = upload.path("file").asString();
            assertThat(get(path)).contains("\"sha256\":\"" + sha256 + "\"", "large.bin", "application/x-large");
            assertThat(sha256OfContent(path)).isEqualTo(sha256);
            assertThat(get(upload.path("job").asString())).contains("profile-file");
            assertThat(api.output()).doesNotContain("OutOfMemoryError");
        }
    }

    private JarProcess start() throws Exception {
        int management = FreePort.find();
        var api = JarProcess.start("api", List.of("-Xmx128m", "-XX:+UseSerialGC"),
                Map.of("SPRING_DATASOURCE_URL", TestPostgres.newDatabase(), "SPRING_DATASOURCE_USERNAME",
                        TestPostgres.USER, "SERVER_ADDRESS", "127.0.0.1", "SERVER_PORT", Integer.toString(PORT),
                        "MANAGEMENT_SERVER_PORT", Integer.toString(management), "MILLRACE_API_OPEN", "true",
                        "MILLRACE_PAGING_KEY", ApiUnderTest.PAGING_KEY));
        await().atMost(Duration.ofMinutes(5)).ignoreExceptions()
                .until(() -> !api.isAlive() || get("/queues").contains("["));
        assertThat(api.isAlive()).as(api.output()).isTrue();
        return api;
    }

    private String write(Path file) throws Exception {
        var random = new Random(seed);
        byte[] block = new byte[1_000_000];
        try (var out = new DigestOutputStream(Files.newOutputStream(file),
                MessageDigest.getInstance("SHA-256"))) {
            for (int i = 0; i < SIZE / block.length; i++) {
                random.nextBytes(block);
                out.write(block);
            }
            return hex(out.getMessageDigest());
        }
    }

    private String get(String path) throws Exception {
        return http.send(HttpRequest.newBuilder(URI.create(API + path)).build(), BodyHandlers.ofString()).body();
    }

    private String sha256OfContent(String path) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(API + path + "/content")).build();
        try (InputStream body = http.send(request, BodyHandlers.ofInputStream()).body();
                var content = new DigestInputStream(body, MessageDigest.getInstance("SHA-256"))) {
            content.transferTo(OutputStream.nullOutputStream());
            return hex(content.getMessageDigest());
        }
    }

    private static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }
}
