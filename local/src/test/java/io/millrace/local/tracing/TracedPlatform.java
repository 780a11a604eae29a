package io.millrace.local.tracing;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import io.millrace.api.ApiApplication;
import io.millrace.local.LocalApplication;
import io.millrace.testkit.TestPostgres;
import io.millrace.worker.WorkerApplication;

/** An API and a worker on one new database, with a mail server, as they are deployed but for where they listen. */
final class TracedPlatform implements AutoCloseable {

    private final HttpClient client = HttpClient.newHttpClient();
    private final GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private final ConfigurableApplicationContext api;
    private final ConfigurableApplicationContext worker;

    private TracedPlatform(String... properties) {
        mail.start();
        var database = TestPostgres.newDatabase();
        api = start(new SpringApplicationBuilder(ApiApplication.class), database, Stream.concat(Stream.of(properties),
                Stream.of("spring.application.name=millrace-api", "server.address=127.0.0.1", "server.port=0",
                        "millrace.api.open=true", "millrace.paging.key=thirty-two characters or more of it",
                        "spring.config.location=classpath:/millrace-core.yml,classpath:/millrace-api.yml")));
        worker = worker(database, WorkerApplication.class, Stream.concat(Stream.of(properties),
                Stream.of("spring.mail.host=127.0.0.1", "spring.mail.port=" + mail.getSmtp().getPort(),
                        "millrace.http-call.allowed-targets=127.0.0.0/8"))
                .toArray(String[]::new));
    }

    /** A worker alone, with one more bean, such as a handler. */
    static ConfigurableApplicationContext worker(String database, Class<?> bean, String... properties) {
        return start(new SpringApplicationBuilder(WorkerApplication.class, bean), database,
                Stream.concat(Stream.of(properties),
                        Stream.of("spring.application.name=millrace-worker", "server.port=-1",
                                "management.server.address=127.0.0.1", "millrace.mail.tls=off",
                                "spring.config.location=classpath:/millrace-core.yml,classpath:/millrace-worker.yml")));
    }

    /** Whose traces go to {@code endpoint}. */
    static TracedPlatform start(String endpoint, String... properties) {
        return new TracedPlatform(Stream.concat(Stream.of(properties), Stream.of(
                "management.opentelemetry.tracing.export.otlp.endpoint=" + endpoint,
                "management.opentelemetry.tracing.export.schedule-delay=100ms")).toArray(String[]::new));
    }

    private static ConfigurableApplicationContext start(SpringApplicationBuilder application, String database,
            Stream<String> properties) {
        var usual = Stream.of("spring.datasource.url=" + database, "spring.datasource.username=" + TestPostgres.USER,
                "spring.datasource.hikari.minimum-idle=1", "management.server.port=0",
                "spring.autoconfigure.exclude=" + ofTheDashboard());
        return application
                .run(Stream.concat(usual, properties).map(each -> "--" + each).toArray(String[]::new));
    }

    /** What local leaves out: the login of the dashboard, which is on its class path. */
    private static String ofTheDashboard() {
        var excluded = LocalApplication.class.getAnnotation(SpringBootApplication.class).exclude();
        return Arrays.stream(excluded).map(Class::getName).collect(Collectors.joining(","));
    }

    /** Posts JSON to the API, in the trace of {@code traceparent}; fails unless it is taken. */
    String post(String path, String json, String traceparent) throws Exception {
        var request = HttpRequest.newBuilder(at(api, "local.server.port", path))
                .header("Content-Type", "application/json").header("traceparent", traceparent)
                .POST(BodyPublishers.ofString(json)).build();
        var answer = client.send(request, BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IllegalStateException(answer.statusCode() + ": " + answer.body());
        }
        return answer.body();
    }

    /** As probes and Prometheus do. */
    void probe() throws Exception {
        for (var process : new ConfigurableApplicationContext[]{api, worker}) {
            for (var path : new String[]{"/actuator/health/readiness", "/actuator/prometheus"}) {
                client.send(HttpRequest.newBuilder(at(process, "local.management.port", path)).build(),
                        BodyHandlers.ofString());
            }
        }
    }

    private static URI at(ConfigurableApplicationContext process, String port, String path) {
        return URI.create("http://127.0.0.1:" + process.getEnvironment().getRequiredProperty(port) + path);
    }

    GreenMail mail() {
        return mail;
    }

    <T> T ofApi(Class<T> bean) {
        return api.getBean(bean);
    }

    @Override
    public void close() {
        worker.close();
        api.close();
        mail.stop();
        client.close();
    }
}
