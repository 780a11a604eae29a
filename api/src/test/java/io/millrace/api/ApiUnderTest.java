package io.millrace.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.millrace.testkit.TestPostgres;

/** The whole API process on free ports of the loopback interface and a database of its own, spoken to over HTTP. */
public final class ApiUnderTest implements AutoCloseable {

    /** What cursors are signed with. */
    public static final String PAGING_KEY = "thirty-two characters or more of it";

    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient client = HttpClient.newHttpClient();
    private final ConfigurableApplicationContext context;

    private ApiUnderTest(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** One with default settings for all tests that only speak to it; it ends with the JVM. */
    public static ApiUnderTest shared() {
        return Shared.API;
    }

    /** Starts it on a new database; {@code properties} are {@code key=value} and win over everything else. */
    public static ApiUnderTest start(String... properties) {
        return startOn(TestPostgres.newDatabase(), properties);
    }

    /** Starts it on the database at {@code jdbcUrl}. */
    public static ApiUnderTest startOn(String jdbcUrl, String... properties) {
        Map<String, String> settings = new LinkedHashMap<>(Map.of("server.address", "127.0.0.1", "server.port", "0",
                "management.server.port", "0", "spring.datasource.url", jdbcUrl, "spring.datasource.username",
                TestPostgres.USER, "spring.datasource.hikari.minimum-idle", "1", "millrace.api.open", "true",
                "millrace.paging.key", PAGING_KEY));
        for (String property : properties) {
            int equals = property.indexOf('=');
            settings.put(property.substring(0, equals), property.substring(equals + 1));
        }
        return new ApiUnderTest(new SpringApplicationBuilder(ApiApplication.class)
                .run(settings.entrySet().stream().map(setting -> "--" + setting).toArray(String[]::new)));
    }

    public int port() {
        return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    public int managementPort() {
        return context.getEnvironment().getRequiredProperty("local.management.port", Integer.class);
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** By its name. */
    public Object bean(String name) {
        return context.getBean(name);
    }

    public Answer get(String path, String... headers) {
        return send("GET", path, null, headers);
    }

    public Answer delete(String path, String... headers) {
        return send("DELETE", path, null, headers);
    }

    public Answer post(String path, String json, String... headers) {
        return send("POST", path, json, withContentType(headers));
    }

    public Answer patch(String path, String json, String... headers) {
        return send("PATCH", path, json, withContentType(headers));
    }

    public Answer put(String path, String json, String... headers) {
        return send("PUT", path, json, withContentType(headers));
    }

    public Answer send(String method, String path, @Nullable String body, String... headers) {
        return exchange(port(), method, path, body, headers);
    }

    public Answer management(String path) {
        return exchange(managementPort(), "GET", path, null);
    }

    private Answer exchange(int port, String method, String path, @Nullable String body,
            String... headers) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(70))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return new Answer(client.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String[] withContentType(String[] headers) {
        for (int i = 0; i < headers.length; i += 2) {
            if (headers[i].equalsIgnoreCase("Content-Type")) {
                return headers;
            }
        }
        List<String> all = new ArrayList<>(List.of(headers));
        all.addAll(List.of("Content-Type", "application/json"));
        return all.toArray(String[]::new);
    }

    @Override
    public void close() {
        context.close();
        client.close();
    }

    private static final class Shared {

        static final ApiUnderTest API = start();
    }

    /** What came back. */
    public record Answer(HttpResponse<String> response) {

        public int status() {
            return response.statusCode();
        }

        public String body() {
            return response.body();
        }

        public JsonNode json() {
            return JSON.readTree(response.body());
        }

        /** The value of a header, empty if it is not there. */
        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        /** The fields a problem names, in the order it names them. */
        public List<String> errorFields() {
            return json().path("errors").values().stream().map(error -> error.path("field").asString()).toList();
        }
    }
}
