package io.millrace.local.outage;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import io.millrace.testkit.FreePort;
import io.millrace.testkit.JarProcess;

import static org.assertj.core.api.Assertions.assertThat;

/** The executable jars of the API and two workers as they are deployed, with the jobs of this package beside their own. */
final class Fleet implements AutoCloseable {

    private static final List<String> QUICK = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx192m",
            "--enable-native-access=ALL-UNNAMED");
    private static final Duration STARTS_WITHIN = Duration.ofMinutes(5);

    private static final int NOT_FOUND = 404;

    private final List<JarProcess> processes = new ArrayList<>();
    private final URI api;
    private final Ledger ledger;

    private Fleet(URI api, Ledger ledger) {
        this.api = api;
        this.ledger = ledger;
    }

    /** Returns when all of them serve. */
    static Fleet start(String database, Map<String, String> settings)
            throws IOException, URISyntaxException, InterruptedException {
        var jdbc = JdbcClient.create(new DriverManagerDataSource(database));
        int port = FreePort.find();
        var fleet = new Fleet(URI.create("http://127.0.0.1:" + port), new Ledger(jdbc));
        var all = new HashMap<>(Map.of("SPRING_DATASOURCE_URL", database, "SPRING_DATASOURCE_USERNAME", "postgres",
                "SERVER_ADDRESS", "127.0.0.1", "MANAGEMENT_SERVER_ADDRESS", "127.0.0.1", "MANAGEMENT_SERVER_PORT", "0",
                "MILLRACE_JOBS_PACKAGES", "io.millrace.core," + Fleet.class.getPackageName()));
        all.putAll(settings);
        try {
            fleet.launch("api", all, Map.of("SERVER_PORT", String.valueOf(port), "MILLRACE_API_OPEN", "true",
                    "MILLRACE_PAGING_KEY", "thirty-two characters or more of it"));
            for (var name : List.of("first", "second")) {
                fleet.launch("worker", all, Map.of("MILLRACE_JOBS_WORKER_NAME", name, "SPRING_MAIN_SOURCES",
                        Stream.of(LedgerEntryHandler.class, LedgerOnceHandler.class, ErrandHandler.class)
                                .map(Class::getName).collect(Collectors.joining(","))));
            }
            fleet.awaitReadiness(jdbc);
            return fleet;
        } catch (Throwable e) {
            fleet.close();
            throw e;
        }
    }

    private void launch(String module, Map<String, String> all, Map<String, String> own)
            throws IOException, URISyntaxException {
        var environment = new HashMap<>(all);
        environment.putAll(own);
        var classes = Path.of(Fleet.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        processes.add(JarProcess.startWith(classes, module, QUICK, environment));
    }

    private void awaitReadiness(JdbcClient jdbc) {
        try {
            Awaitility.await().atMost(STARTS_WITHIN).ignoreExceptions().until(() -> !lives() || serves(jdbc));
        } catch (ConditionTimeoutException e) {
            throw new IllegalStateException("not all of them serve: " + outputs(), e);
        }
        assertThat(lives()).as(this::outputs).isTrue();
        // Flyway wants to begin in an empty schema.
        ledger.create();
    }

    private boolean serves(JdbcClient jdbc) {
        return jdbc.sql("select count(*) from millrace_jobs.job_workers").query(Integer.class).single() == 2
                && Load.get(api.resolve("/jobs/" + new UUID(0, 1))).status() == NOT_FOUND;
    }

    URI api() {
        return api;
    }

    Ledger ledger() {
        return ledger;
    }

    /** The same processes as at the start: none of them has ended. */
    boolean lives() {
        return processes.stream().allMatch(JarProcess::isAlive);
    }

    String outputs() {
        return processes.stream().map(JarProcess::output).collect(Collectors.joining("\n=====\n"));
    }

    @Override
    public void close() throws IOException {
        for (var process : processes) {
            process.close();
        }
    }
}
