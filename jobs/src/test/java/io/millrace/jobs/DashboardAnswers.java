package io.millrace.jobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.sun.net.httpserver.HttpServer;
import org.jobrunr.dashboard.JobRunrApiHandler;
import org.jobrunr.dashboard.JobRunrSseHandler;
import org.jobrunr.storage.StorageProvider;
import org.jobrunr.storage.ThreadSafeStorageProvider;
import org.jobrunr.utils.mapper.JsonMapper;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * JobRunr's dashboard API on a store. Answers come without what two runs cannot have in common: times, how long something
 * took, ids that nobody chose, the lines of a stack trace, a machine's memory.
 */
final class DashboardAnswers implements AutoCloseable {

    private static final Pattern UUID_TEXT = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z");
    private static final Pattern DURATION = Pattern.compile("PT[0-9.]+S");
    private static final Set<String> OF_THE_RUN = Set.of("latencyDuration", "processDuration", "systemTotalMemory",
            "systemFreeMemory", "systemCpuLoad", "processMaxMemory", "processFreeMemory", "processAllocatedMemory",
            "processCpuLoad", "timeStamp", "queryDurationInMillis");

    /** It sends every 5 s what has changed. */
    private static final Duration NOTIFIER_ROUND = Duration.ofSeconds(6);

    private final HttpServer server;
    private final HttpClient client = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();
    private final Map<UUID, String> names;

    /**
     * @param names
     *            what to call the jobs of these ids
     */
    DashboardAnswers(StorageProvider store, JsonMapper mapper, Map<UUID, String> names) throws IOException {
        this.names = names;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api", new JobRunrApiHandler(new ThreadSafeStorageProvider(store), mapper, false));
        server.createContext("/sse", new JobRunrSseHandler(new ThreadSafeStorageProvider(store), mapper));
        server.start();
    }

    String get(String path) {
        return comparable(json.readTree(send("GET", path))).toPrettyString();
    }

    /** Of a list of jobs, as it is without their logs: the dashboard shows those on a job's own page alone. */
    String getWithoutLogs(String path) {
        var page = comparable(json.readTree(send("GET", path)));
        page.path("items").forEach(job -> withoutLogs((ObjectNode) job, _ -> true));
        return page.toPrettyString();
    }

    /** What it sends of each path by itself, at the latest after a round of its notifier: the last that came. */
    CompletableFuture<Map<String, String>> events(List<String> paths) {
        var streams = paths.stream().collect(Collectors.toMap(path -> path, this::listen));
        return CompletableFuture.supplyAsync(
                () -> streams.entrySet().stream().collect(
                        Collectors.toMap(Map.Entry::getKey, stream -> comparableEvent(stream.getValue()))),
                CompletableFuture.delayedExecutor(NOTIFIER_ROUND.toMillis(), TimeUnit.MILLISECONDS));
    }

    private Queue<String> listen(String path) {
        var messages = new ConcurrentLinkedQueue<String>();
        var request = HttpRequest.newBuilder(uri("/sse" + path)).build();
        Thread.ofVirtual().start(() -> {
            try (var lines = client.send(request, BodyHandlers.ofLines()).body()) {
                lines.filter(line -> line.startsWith("data: {") || line.startsWith("data: [")).forEach(messages::add);
            } catch (IOException | UncheckedIOException e) {
                // The test has ended, and the dashboard with it.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        return messages;
    }

    private String comparableEvent(Queue<String> messages) {
        return messages.stream().reduce((_, last) -> last)
                .map(message -> comparable(json.readTree(message.substring("data: ".length()))).toPrettyString())
                .orElse("nothing");
    }

    void change(String method, String path) {
        send(method, path);
    }

    private String send(String method, String path) {
        try {
            var answer = client.send(
                    HttpRequest.newBuilder(uri("/api" + path)).method(method, BodyPublishers.noBody()).build(),
                    BodyHandlers.ofString());
            assertThat(answer.statusCode()).as("%s %s", method, path).isIn(200, 204);
            return answer.body();
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    private JsonNode comparable(JsonNode node) {
        if (node instanceof ArrayNode array) {
            var copy = json.createArrayNode();
            array.forEach(element -> copy.add(comparable(element)));
            return copy;
        }
        if (node instanceof ObjectNode object) {
            var copy = json.createObjectNode();
            object.properties().stream().sorted(Map.Entry.comparingByKey())
                    .forEach(field -> copy.set(field.getKey(), comparable(field.getKey(), field.getValue())));
            if (copy.has("jobHistory")) {
                // Counts the heartbeats.
                copy.put("version", "as it came");
                withoutLogs(copy, JsonNode::isEmpty);
            }
            return copy;
        }
        return node.isString() ? json.getNodeFactory().stringNode(comparable(node.asString())) : node;
    }

    /** JobRunr opens a log for each attempt; the engine does when a handler writes to it. */
    private static void withoutLogs(ObjectNode job, Predicate<JsonNode> lines) {
        if (job.get("metadata") instanceof ObjectNode metadata) {
            metadata.removeIf(value -> value.has("logLines") && lines.test(value.get("logLines")));
        }
    }

    private JsonNode comparable(String field, JsonNode value) {
        if (OF_THE_RUN.contains(field)) {
            return json.getNodeFactory().stringNode("as it came");
        }
        if (field.equals("stackTrace")) {
            return json.getNodeFactory().stringNode(value.asString().lines().findFirst().orElse(""));
        }
        return comparable(value);
    }

    private String comparable(String text) {
        var named = UUID_TEXT.matcher(text)
                .replaceAll(id -> names.getOrDefault(UUID.fromString(id.group()), "some id"));
        return DURATION.matcher(TIME.matcher(named).replaceAll("some time")).replaceAll("a while");
    }

    @Override
    public void close() {
        server.stop(0);
        client.shutdownNow();
    }
}
