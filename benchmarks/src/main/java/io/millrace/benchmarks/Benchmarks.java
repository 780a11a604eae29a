package io.millrace.benchmarks;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

import io.millrace.benchmarks.jobs.JobBenchmarks;
import io.millrace.benchmarks.pages.PageBenchmarks;
import io.millrace.benchmarks.profile.FileProfiles;
import io.millrace.testkit.TestPostgres;
import io.millrace.testkit.TestRedis;

/**
 * Starts everything, measures, and prints tables in Markdown, which are also in {@code target/benchmarks.md}. Arguments are the
 * sections to measure: {@code memory}, {@code listings}, {@code exports}, {@code encodings}, {@code redis}, {@code enqueue}, {@code mail},
 * {@code import}, {@code profile}, {@code scrape}, {@code jobs}, {@code pages}; none are all but {@code pages}, which takes half an hour and 40 GB of disk.
 * See docs/performance.md for what else {@code jobs} and {@code pages} take.
 */
public final class Benchmarks {

    private static final int IN_MEMORY = 1_000;

    private final StringBuilder report = new StringBuilder();
    private final List<String> arguments;
    private final Set<String> wanted;

    private Benchmarks(List<String> arguments) {
        this.arguments = arguments;
        this.wanted = arguments.stream()
                .filter(argument -> !JobBenchmarks.adjustedBy(argument) && !PageBenchmarks.adjustedBy(argument))
                .map(argument -> JobBenchmarks.askedForBy(argument) ? "jobs" : argument).collect(Collectors.toSet());
    }

    public static void main(String[] args) throws Exception {
        var benchmarks = new Benchmarks(List.of(args));
        benchmarks.run();
        Files.writeString(Path.of("target", "benchmarks.md"), benchmarks.report);
    }

    private void run() throws Exception {
        print(machine());
        if (wanted.isEmpty()
                || !Set.of("enqueue", "mail", "import", "profile", "scrape", "jobs", "pages").containsAll(wanted)) {
            runTheApi();
        }
        section("enqueue", "Enqueueing over HTTP", HttpEnqueue::measure);
        section("mail", "Mail", MailSending::measure);
        section("import", "Importing users", UserImports::measure);
        section("profile", "Profiles of files", FileProfiles::measure);
        section("scrape", "Scrapes", Scrapes::measure);
        section("jobs", "Jobs", () -> JobBenchmarks.measure(arguments));
        if (wanted.contains("pages")) {
            section("pages", "Pages", () -> PageBenchmarks.measure(arguments));
        }
    }

    private void runTheApi() throws Exception {
        String database = TestPostgres.newDatabase();
        try (var redis = new TestRedis()) {
            Dataset dataset;
            try (var api = ApiProcess.start("api", database, Map.of("MILLRACE_REDIS_URL", redis.url()))) {
                dataset = Dataset.fill(database);
                section("memory", "Profiles from memory", () -> fromMemory(api, dataset));
                section("listings", "Listings at depth", () -> new Listings(api, dataset).measure());
                section("exports", "Exports", () -> new Exports(api, dataset).measure());
                section("encodings", "Encodings", () -> new Encodings(api).measure());
            }
            // Nothing stays in memory for long enough to be found there again.
            try (var api = ApiProcess.start("api-without-memory", database,
                    Map.of("MILLRACE_REDIS_URL", redis.url(), "MILLRACE_CACHE_MEMORY_TTL", "1ms"))) {
                section("redis", "Profiles from Redis and from the database", () -> fromElsewhere(api, dataset));
            }
        }
    }

    private static String fromMemory(ApiProcess api, Dataset dataset) throws Exception {
        return new Reads(api, dataset).kind("profile, from memory", "local", profiles(dataset).subList(0, IN_MEMORY))
                .measure();
    }

    private static String fromElsewhere(ApiProcess api, Dataset dataset) throws Exception {
        List<String> profiles = profiles(dataset);
        List<String> users = dataset.authors().stream().map(id -> "/users/" + id).toList();
        return new Reads(api, dataset).kind("profile, from Redis", "shared", profiles.subList(0, IN_MEMORY))
                .kind("profile, from the database into Redis", "miss", profiles.subList(IN_MEMORY, profiles.size()))
                .kind("user, never cached", "", users).measure();
    }

    private static List<String> profiles(Dataset dataset) {
        return dataset.authors().stream().map(id -> "/users/" + id + "/profile").toList();
    }

    private void section(String name, String title, Callable<String> figures) throws Exception {
        if (wanted.isEmpty() || wanted.contains(name)) {
            print("## " + title + "\n\n" + figures.call());
        }
    }

    private void print(String text) {
        report.append(text).append('\n');
        System.out.println(text);
    }

    private static String machine() {
        var system = ManagementFactory.getOperatingSystemMXBean();
        return String.format(Locale.ROOT,
                """
                # Figures of this run

                %d cores (%s, %s %s), load of the last minute before it %.1f, Java %s, API with -Xmx%s. Medians of alternating
                rounds; the least and the most in parentheses.
                """,
                system.getAvailableProcessors(), system.getArch(), system.getName(),
                system.getVersion(), system.getSystemLoadAverage(), Runtime.version(), ApiProcess.HEAP);
    }
}
