package io.millrace.benchmarks.pages;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import io.millrace.benchmarks.Table;
import io.millrace.benchmarks.jobs.PostgresServer;
import io.millrace.benchmarks.load.Connection;
import io.millrace.benchmarks.load.Latencies;
import io.millrace.benchmarks.load.Requests;

/** Pages of the dashboard's process over millions of jobs and over few, in turn; and JobRunr's own queries over the same jobs. */
public final class PageBenchmarks {

    private static final int WARM_UP = 5;
    /** What is slow is asked for less often. */
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private static final String DIRECTORY = PageSizes.PREFIX + "directory=";

    private final PageSizes sizes;
    private final @Nullable Path directory;

    private PageBenchmarks(PageSizes sizes, @Nullable Path directory) {
        this.sizes = sizes;
        this.directory = directory;
    }

    /** Whether an argument only adjusts what is measured. */
    public static boolean adjustedBy(String argument) {
        return argument.startsWith(PageSizes.PREFIX);
    }

    /** Fills the databases, measures, and answers a table in Markdown. What {@code pages.directory} holds is not filled again. */
    public static String measure(List<String> arguments) throws Exception {
        var directory = arguments.stream().filter(argument -> argument.startsWith(DIRECTORY))
                .map(argument -> Path.of(argument.substring(DIRECTORY.length()))).findFirst().orElse(null);
        return new PageBenchmarks(
                PageSizes.of(arguments.stream().filter(argument -> !argument.startsWith(DIRECTORY)).toList()),
                directory)
                .measure();
    }

    private String measure() throws Exception {
        try (var server = PostgresServer.forBulk(directory);
                var few = Platform.of("few", server.newDatabase("few", 1).url(), sizes.few());
                var many = Platform.of("many", server.newDatabase("many", 1).url(), sizes.jobs())) {
            // Code is compiled before anything counts.
            for (var page : few.pages()) {
                warmUp(few, page);
            }
            var all = new ArrayList<Measured>();
            for (int i = 0; i < many.pages().size(); i++) {
                all.add(measure(many, many.pages().get(i), few, few.pages().get(i)));
            }
            return table(all);
        }
    }

    /** JobRunr's turn comes last: what it reads of its own tables takes the place of ours in memory. */
    private String table(List<Measured> all) {
        var table = new Table("ms from the request to the end of its answer", "jobs shown", "first request", "asked",
                String.format(Locale.ROOT, "p50 of %,d", sizes.jobs()), "p99",
                String.format(Locale.ROOT, "p50 of %,d", sizes.few()), "p99", "JobRunr's p50", "p99");
        for (var measured : all) {
            var peer = measured.page.peer();
            var times = peer == null ? null : times(peer);
            table.row(measured.page.name(), measured.shown, measured.first, Integer.toString(measured.many.count()),
                    millis(measured.many, 0.5), millis(measured.many, 0.99), millis(measured.few, 0.5),
                    millis(measured.few, 0.99), times == null ? "" : millis(times, 0.5),
                    times == null ? "" : millis(times, 0.99));
        }
        return table.toString();
    }

    private Latencies times(Runnable peer) {
        var times = new Latencies();
        peer.run();
        long start = System.nanoTime();
        for (int i = 0; i < sizes.requests() && (i == 0 || System.nanoTime() - start < LONGEST.toNanos()); i++) {
            times.add(run(peer));
        }
        return times;
    }

    /** Each of its paths once. */
    private static void warmUp(Platform platform, AskedPage page) throws IOException {
        try (var connection = new Connection(platform.port())) {
            var requests = Requests.get(page.paths());
            for (int i = 0; i < Math.max(WARM_UP, page.paths().size()); i++) {
                ask(connection, requests);
            }
        }
    }

    private Measured measure(Platform many, AskedPage ofMany, Platform few, AskedPage ofFew) throws Exception {
        long before = System.nanoTime();
        boolean stopped = many.shown(ofMany.paths().getFirst()).isStopped();
        var first = String.format(Locale.ROOT, "%,.1f%s", (System.nanoTime() - before) / 1e6,
                stopped ? ", stopped" : "");
        warmUp(many, ofMany);
        var manyTimes = new Latencies();
        var fewTimes = new Latencies();
        try (var manyConnection = new Connection(many.port()); var fewConnection = new Connection(few.port())) {
            var manyRequests = Requests.get(ofMany.paths());
            var fewRequests = Requests.get(ofFew.paths());
            long start = System.nanoTime();
            for (int i = 0; i < sizes.requests() && System.nanoTime() - start < LONGEST.toNanos(); i++) {
                manyTimes.add(ask(manyConnection, manyRequests));
                fewTimes.add(ask(fewConnection, fewRequests));
            }
        }
        System.err.println(ofMany.name() + ": " + millis(manyTimes, 0.5) + " " + millis(manyTimes, 0.99));
        return new Measured(ofMany, many.shown(ofMany.paths().getFirst()).toString(), first, manyTimes, fewTimes);
    }

    private static long ask(Connection connection, Requests requests) throws IOException {
        long start = System.nanoTime();
        var answer = connection.exchange(requests.next());
        long time = System.nanoTime() - start;
        if (answer.status() >= 400) {
            throw new IOException("answered " + answer.status());
        }
        return time;
    }

    private static long run(Runnable peer) {
        long start = System.nanoTime();
        peer.run();
        return System.nanoTime() - start;
    }

    private static String millis(Latencies latencies, double share) {
        return String.format(Locale.ROOT, "%,.1f", latencies.within(share).toNanos() / 1e6);
    }

    /**
     * Of one page.
     *
     * @param shown
     *            when it was asked for last
     * @param first
     *            milliseconds of the first request, which finds nothing of its own in memory but what other pages have read
     */
    private record Measured(AskedPage page, String shown, String first, Latencies many, Latencies few) {
    }
}
