package io.millrace.dashboard;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One page of a headless Chromium, driven by the DevTools protocol over a socket of the loopback interface. No name but
 * 127.0.0.1 resolves in it, so that nothing gets out whatever the page tries; what it tries is kept.
 */
public final class Chromium implements AutoCloseable, WebSocket.Listener {

    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");
    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicInteger commands = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
    private final Map<String, String> requests = new ConcurrentHashMap<>();
    private final Map<String, String> blocked = new ConcurrentHashMap<>();
    private final StringBuilder frame = new StringBuilder();
    private final Path profile;
    private final Process process;
    private final WebSocket page;

    public Chromium(Path binary) throws Exception {
        profile = Files.createTempDirectory("chromium");
        process = new ProcessBuilder(binary.toString(), "--headless", "--no-sandbox", "--disable-gpu",
                "--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update",
                "--disable-sync", "--no-first-run", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
                "--user-data-dir=" + profile, "--remote-debugging-address=127.0.0.1", "--remote-debugging-port=0",
                "about:blank").redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        page = http.newWebSocketBuilder().buildAsync(URI.create(pageSocket()), this).get(10, TimeUnit.SECONDS);
        command("Network.enable", Map.of());
        command("Page.enable", Map.of());
    }

    /** The first Chromium on the path, if any. */
    public static Optional<Path> installed() {
        return Stream.of(System.getenv("PATH").split(":", -1))
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name))).filter(Files::isExecutable)
                .findFirst();
    }

    /** Sends the header with every request of the page. */
    void sendHeader(String name, String value) {
        command("Network.setExtraHTTPHeaders", Map.of("headers", Map.of(name, value)));
    }

    void open(URI address) {
        command("Page.navigate", Map.of("url", address.toString()));
    }

    /** What a reader sees of the page now. */
    public String text() {
        return run("document.body ? document.body.innerText : ''");
    }

    /** Runs a script in the page, whatever its policy says; what that comes to as a text. */
    String run(String script) {
        return command("Runtime.evaluate", Map.of("expression", script)).at("/result/value").asString("");
    }

    /** What a script comes to, or the value of its promise; the page's policy does not apply to it. */
    public JsonNode evaluate(String script) {
        return command("Runtime.evaluate",
                Map.of("expression", script, "awaitPromise", true, "returnByValue", true)).at("/result/value");
    }

    /** Opens a page and waits until all of it is there. */
    public void show(URI address) {
        leave();
        open(address);
        awaitPage();
    }

    /** Clicks on the first element of a selector, which leads to another page, and waits until all of that is there. */
    public void follow(String selector) {
        leave();
        evaluate("document.querySelector(" + JSON.writeValueAsString(selector) + ").click()");
        awaitPage();
    }

    private void leave() {
        evaluate("document.documentElement.dataset.left = 'yes'");
    }

    private void awaitPage() {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> evaluate(
                "document.readyState === 'complete' && !document.documentElement.dataset.left").asBoolean(false));
    }

    /** As wide and high as a screen, and light or dark as its owner likes it. */
    public void screen(int width, int height, boolean dark) {
        command("Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
        command("Emulation.setScrollbarsHidden", Map.of("hidden", true));
        command("Emulation.setFocusEmulationEnabled", Map.of("enabled", true));
        command("Emulation.setEmulatedMedia", Map.of("features",
                List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
    }

    /** The whole page as a PNG. */
    public byte[] picture() {
        return Base64.getDecoder().decode(command("Page.captureScreenshot",
                Map.of("format", "png", "captureBeyondViewport", true)).path("data").asString());
    }

    /** The addresses of all requests that the page made and the browser let through. */
    public List<String> requestsSent() {
        var sent = new ArrayList<String>();
        requests.forEach((id, address) -> {
            if (!blocked.containsKey(id)) {
                sent.add(address);
            }
        });
        return sent;
    }

    /** The addresses of all requests that the browser refused because of the page's policy. */
    public List<String> requestsRefused() {
        return blocked.keySet().stream().map(id -> requests.getOrDefault(id, id)).toList();
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
        frame.append(data);
        if (last) {
            receive(JSON.readTree(frame.toString()));
            frame.setLength(0);
        }
        socket.request(1);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void close() throws IOException {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().onExit().orTimeout(10, TimeUnit.SECONDS).join();
        http.shutdownNow();
        FileSystemUtils.deleteRecursively(profile);
    }

    private void receive(JsonNode message) {
        var params = message.path("params");
        switch (message.path("method").asString("")) {
            case "Network.requestWillBeSent" ->
                requests.put(params.path("requestId").asString(), params.at("/request/url").asString());
            case "Network.webSocketCreated" ->
                requests.put(params.path("requestId").asString(), params.path("url").asString());
            case "Network.loadingFailed" -> {
                if (params.path("blockedReason").asString("").equals("csp")) {
                    blocked.put(params.path("requestId").asString(), "csp");
                }
            }
            default -> Optional.ofNullable(answers.remove(message.path("id").asInt(0)))
                    .ifPresent(answer -> answer.complete(message.path("result")));
        }
    }

    private JsonNode command(String method, Map<String, ?> params) {
        int id = commands.incrementAndGet();
        var answer = new CompletableFuture<JsonNode>();
        answers.put(id, answer);
        page.sendText(JSON.writeValueAsString(Map.of("id", id, "method", method, "params", params)), true).join();
        return answer.orTimeout(20, TimeUnit.SECONDS).join();
    }

    private String pageSocket() throws IOException, InterruptedException {
        var portFile = profile.resolve("DevToolsActivePort");
        Awaitility.await().atMost(Duration.ofSeconds(30))
                .until(() -> Files.exists(portFile) && !Files.readAllLines(portFile).isEmpty());
        var list = URI.create("http://127.0.0.1:" + Files.readAllLines(portFile).getFirst() + "/json/list");
        var targets = JSON.readTree(
                http.send(HttpRequest.newBuilder(list).build(), HttpResponse.BodyHandlers.ofString()).body());
        return targets.valueStream().filter(target -> target.path("type").asString().equals("page"))
                .map(target -> target.path("webSocketDebuggerUrl").asString()).findFirst().orElseThrow();
    }
}
