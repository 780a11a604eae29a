package io.millrace.local.tracing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.millrace.testkit.FreePort;

/** Zipkin, with the module that has it receive OTLP, as a process of its own; the build puts it there. */
final class Zipkin implements AutoCloseable {

    private static final Path FOLDER = Path.of("target", "zipkin");

    private final HttpClient client = HttpClient.newHttpClient();
    private final int port = FreePort.find();
    private final Process process;

    private Zipkin() throws IOException {
        var module = FOLDER.resolve("otel.jar").toAbsolutePath();
        process = new ProcessBuilder(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
                "-Dloader.path=" + module + "," + module + "!/lib", "-Dspring.profiles.active=otel",
                "-Darmeria.ports[0].ip=127.0.0.1", "-Darmeria.ports[0].port=" + port,
                "-Darmeria.ports[0].protocols[0]=http", "-cp", FOLDER.resolve("zipkin.jar").toString(),
                "org.springframework.boot.loader.launch.PropertiesLauncher")).redirectErrorStream(true)
                .redirectOutput(FOLDER.resolve("zipkin.log").toFile()).start();
    }

    /** Started. */
    static Zipkin start() {
        try {
            var zipkin = new Zipkin();
            Awaitility.await().atMost(Duration.ofMinutes(2)).until(zipkin::answers);
            return zipkin;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String endpoint() {
        return "http://127.0.0.1:" + port + "/v1/traces";
    }

    /** The spans of a trace, as Zipkin tells them; empty if it knows none. */
    List<JsonNode> trace(String id) throws IOException, InterruptedException {
        var answer = get("/api/v2/trace/" + id);
        return answer.isArray() ? answer.values().stream().toList() : List.of();
    }

    private boolean answers() throws InterruptedException {
        if (!process.isAlive()) {
            throw new IllegalStateException("Zipkin ended with " + process.exitValue());
        }
        try {
            return "UP".equals(get("/health").path("status").asString(""));
        } catch (IOException e) {
            return false;
        }
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
        var answer = client.send(request, BodyHandlers.ofString());
        return JsonMapper.shared().readTree(answer.statusCode() == 200 ? answer.body() : "{}");
    }

    @Override
    public void close() {
        process.destroyForcibly();
        client.close();
    }
}
