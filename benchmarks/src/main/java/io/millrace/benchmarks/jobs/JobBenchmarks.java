package io.millrace.benchmarks.jobs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import tools.jackson.databind.json.JsonMapper;

/** The job engine, plain JobRunr and db-scheduler through the same scenarios on the same Postgres. */
public final class JobBenchmarks {

    private static final Path JSON = Path.of("target", "jobs.json");

    private final Selection selection;
    private final StringBuilder tables = new StringBuilder();
    private final List<Map<String, Object>> raw = new ArrayList<>();

    private JobBenchmarks(Selection selection) {
        this.selection = selection;
    }

    /** Whether such arguments ask for something of this. */
    public static boolean askedForBy(String argument) {
        return Selection.asks(argument);
    }

    /** Whether an argument only adjusts what is measured. */
    public static boolean adjustedBy(String argument) {
        return Selection.adjusts(argument);
    }

    /**
     * Measures what the arguments ask for.
     *
     * @return tables in Markdown; the figures of each round are in {@code target/jobs.json}
     */
    public static String measure(List<String> arguments) throws Exception {
        return new JobBenchmarks(Selection.of(arguments)).measure();
    }

    private String measure() throws Exception {
        try (var server = new PostgresServer()) {
            List<Peer> peers = new ArrayList<>();
            try {
                start(server, peers);
                if (selection.wantsScenario(CommitLimit.NAME)) {
                    add(CommitLimit.NAME,
                            new CommitLimit(server.newDatabase("commits", selection.sizes().connections()))::measure);
                }
                if (selection.wantsScenario(WakeUpCost.NAME)) {
                    add(WakeUpCost.NAME, new WakeUpCost(server, selection)::measure);
                }
                for (var scenario : Scenarios.of(selection.sizes())) {
                    if (selection.wantsScenario(scenario.name())) {
                        add(scenario.name(), () -> scenario.measure(peers));
                    }
                }
            } finally {
                for (Peer peer : peers) {
                    peer.close();
                }
            }
        }
        write();
        return tables.toString();
    }

    private void add(String scenario, Callable<Figures> measured) throws Exception {
        long start = System.nanoTime();
        var figures = measured.call();
        tables.append(figures.table()).append('\n');
        raw.addAll(figures.raw());
        System.err.println(scenario + " took " + Duration.ofNanos(System.nanoTime() - start).toSeconds() + " s");
    }

    private void start(PostgresServer server, List<Peer> peers) throws Exception {
        var sizes = selection.sizes();
        if (selection.wantsPeer("millrace")) {
            peers.add(new MillracePeer(server.newDatabase("millrace", sizes.connections()), sizes.concurrency(),
                    selection.settings()));
        }
        if (selection.wantsPeer("jobrunr")) {
            peers.add(new JobRunrPeer(server.newDatabase("jobrunr", sizes.connections()), sizes.concurrency()));
        }
        if (selection.wantsPeer("db-scheduler")) {
            peers.add(new DbSchedulerPeer(server.newDatabase("db_scheduler", sizes.connections()),
                    sizes.concurrency(), Clock.systemUTC()));
        }
    }

    private void write() throws IOException {
        var mapper = JsonMapper.builder().build();
        Files.writeString(JSON, mapper.writerWithDefaultPrettyPrinter().writeValueAsString(
                Map.of("sizes", selection.sizes(), "settings", selection.settings(), "figures", raw)));
    }
}
