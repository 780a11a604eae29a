package io.millrace.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Collection;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import io.millrace.jobs.testing.JobTestingAutoConfiguration;
import io.millrace.testkit.TestPostgres;

/** The whole worker in this JVM, on a free port of the loopback interface and a database of its own. */
public final class WorkerUnderTest implements AutoCloseable {

    private final ConfigurableApplicationContext context;

    private WorkerUnderTest(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** Starts it on a new database; {@code properties} are {@code key=value} and win over everything else. */
    public static WorkerUnderTest start(String... properties) {
        return startOn(TestPostgres.newDatabase(), properties);
    }

    /** Starts it with the test kit on a new database; it takes no jobs, and the test drains the queue. */
    public static WorkerUnderTest startForDraining(String... properties) {
        return startForDrainingOn(TestPostgres.newDatabase(), properties);
    }

    /** The same on the database at {@code jdbcUrl}. */
    public static WorkerUnderTest startForDrainingOn(String jdbcUrl, String... properties) {
        var idle = Stream.concat(Stream.of("millrace.jobs.worker.auto-start=false"), Stream.of(properties));
        return start(jdbcUrl, idle, WorkerApplication.class, JobTestingAutoConfiguration.class);
    }

    /** Starts it on the database at {@code jdbcUrl}. */
    public static WorkerUnderTest startOn(String jdbcUrl, String... properties) {
        return start(jdbcUrl, Stream.of(properties), WorkerApplication.class);
    }

    /** Starts it on the database at {@code jdbcUrl} with one more bean, such as a handler. */
    static WorkerUnderTest startWith(Class<?> bean, String jdbcUrl, String... properties) {
        return start(jdbcUrl, Stream.of(properties), WorkerApplication.class, bean);
    }

    private static WorkerUnderTest start(String jdbcUrl, Stream<String> properties, Class<?>... sources) {
        var usual = Stream.of("management.server.address=127.0.0.1", "management.server.port=0",
                "spring.datasource.url=" + jdbcUrl, "spring.datasource.username=" + TestPostgres.USER,
                "spring.datasource.hikari.minimum-idle=1", "millrace.mail.tls=off");
        return new WorkerUnderTest(new SpringApplicationBuilder(sources)
                .run(Stream.concat(usual, properties).map(argument -> "--" + argument).toArray(String[]::new)));
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public <T> Collection<T> beans(Class<T> type) {
        return context.getBeansOfType(type).values();
    }

    public @Nullable String property(String key) {
        return context.getEnvironment().getProperty(key);
    }

    public int managementPort() {
        return context.getEnvironment().getRequiredProperty("local.management.port", Integer.class);
    }

    /** What the management port answers at {@code path}. */
    public HttpResponse<String> management(String path) {
        try (var client = HttpClient.newHttpClient()) {
            URI uri = URI.create("http://127.0.0.1:" + managementPort() + path);
            return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
