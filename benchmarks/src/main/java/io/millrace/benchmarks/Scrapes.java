package io.millrace.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.millrace.benchmarks.Alternating.Rounds;
import io.millrace.benchmarks.constant.BusyMeters;
import io.millrace.benchmarks.load.Load;
import io.millrace.benchmarks.load.Requests;
import io.millrace.testkit.TestPostgres;

/**
 * What Prometheus waits for: {@code /actuator/prometheus} of a process with the meters that Spring Boot has by itself, of one as it is
 * deployed, and of one in which {@link BusyMeters#PAIRS} pairs of job type and queue have run; beside the least that an HTTP call to the same
 * port costs. One scrape at a time, some time apart: what Prometheus asks for every fifteen seconds is in no cache of the processor's.
 */
final class Scrapes {

    private static final String SCRAPE = "/actuator/prometheus";
    private static final String FLOOR = "/actuator/health/liveness";
    private static final Duration WARM_UP = Duration.ofSeconds(10);
    private static final Duration TIME = Duration.ofSeconds(10);
    private static final double PER_SECOND = 20;
    private static final int ROUNDS = 3;
    /** What the configuration of the processes leaves out, or adds, as environment variables that undo it. */
    private static final Map<String, String> AS_SPRING_BOOT_HAS_IT = onlySpringBoots();

    private Scrapes() {
    }

    static String measure() throws Exception {
        try (var bare = start("api-bare", AS_SPRING_BOOT_HAS_IT);
                var deployed = start("api-deployed", Map.of());
                var busy = start("api-busy", Map.of("SPRING_MAIN_SOURCES", BusyMeters.class.getName()))) {
            var peers = List.of(new Peer("liveness, the least there is", deployed, FLOOR),
                    new Peer("Spring Boot's own meters", bare, SCRAPE), new Peer("API as deployed", deployed, SCRAPE),
                    new Peer(BusyMeters.PAIRS + " pairs of type and queue", busy, SCRAPE));
            var alternating = new Alternating<Round>();
            for (var peer : peers) {
                new Load(peer.port(), 1).asFastAsItGoes(Requests.get(peer.path()), WARM_UP);
                alternating.peer(peer.name(), peer::round);
            }
            return table(peers, alternating.rounds(0, ROUNDS));
        }
    }

    private static String table(List<Peer> peers, List<Rounds<Round>> all) throws Exception {
        var table = new Table("20 a second, one at a time", "series", "KB", "p50 ms", "p99 ms", "API CPU ms each");
        for (int i = 0; i < peers.size(); i++) {
            var rounds = all.get(i);
            table.row(rounds.name(), String.valueOf(peers.get(i).series()),
                    rounds.spread(round -> round.bytes() / 1024).middle(0),
                    rounds.spread(round -> round.millisWithin(0.5)).text(1),
                    rounds.spread(round -> round.millisWithin(0.99)).text(1),
                    rounds.spread(round -> round.cpuMicrosPerRequest() / 1000).text(1));
        }
        return table.toString();
    }

    private static ApiProcess start(String name, Map<String, String> settings) throws Exception {
        return ApiProcess.start(name, TestPostgres.newDatabase(), settings);
    }

    private static Map<String, String> onlySpringBoots() {
        var settings = new HashMap<>(Map.of("MANAGEMENT_METRICS_ENABLE_MILLRACE", "false"));
        Stream.of("JDBC", "TOMCAT", "SYSTEM_CPU_USAGE", "SYSTEM_LOAD", "JVM_THREADS_STATES", "JVM_BUFFER",
                "JVM_CLASSES", "JVM_COMPILATION", "JVM_MEMORY_COMMITTED")
                .forEach(each -> settings.put("MANAGEMENT_METRICS_ENABLE_" + each, "true"));
        return settings;
    }

    private record Peer(String name, ApiProcess api, String path) {

        int port() {
            return api.managementPort();
        }

        Round round() throws IOException, InterruptedException {
            Duration before = api.cpu();
            var answered = new Load(port(), 1).at(PER_SECOND, Requests.get(path), TIME);
            return new Round(answered, api.cpu().minus(before));
        }

        /** Lines that are no comments. */
        long series() throws IOException, InterruptedException {
            try (var client = HttpClient.newHttpClient()) {
                var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path)).build();
                return path.equals(FLOOR)
                        ? 0
                        : client.send(request, BodyHandlers.ofLines()).body().filter(line -> !line.startsWith("#"))
                                .count();
            }
        }
    }
}
