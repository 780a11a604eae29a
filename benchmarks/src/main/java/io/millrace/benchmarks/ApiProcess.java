package io.millrace.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import io.millrace.benchmarks.constant.ConstantController;
import io.millrace.testkit.FreePort;
import io.millrace.testkit.TestPostgres;

/**
 * The API's executable jar as a process of its own, as it is deployed, with two things beside it: {@link ConstantController},
 * which Boot's properties launcher finds in the folder that it is given, and a log of its garbage collections.
 */
final class ApiProcess implements AutoCloseable {

    static final String HEAP = "256m";
    /** Cursors are made with it here, too: nobody has to page through 9,999 pages to ask for the next. */
    static final String PAGING_KEY = secret();
    private static final String API_KEY = secret();
    /** What a collection left, in the JVM's log: "Pause Young (Normal) (G1 Evacuation Pause) 57M->32M(123M) 2.1ms". */
    private static final Pattern LEFT_BY_GC = Pattern.compile("Pause .*->(\\d+)M\\(");

    private final MeasuredProcess process;
    private final int port;
    private final Path collections;

    private ApiProcess(MeasuredProcess process, int port, Path collections) {
        this.process = process;
        this.port = port;
        this.collections = collections;
    }

    /** Starts one and waits until it is ready. Its logs are in {@code target}. */
    static ApiProcess start(String name, String database, Map<String, String> settings)
            throws IOException, InterruptedException {
        int port = FreePort.find();
        Path collections = MeasuredProcess.target().resolve(name + "-gc.log");
        var environment = new HashMap<>(Map.of("SPRING_DATASOURCE_URL", database, "SPRING_DATASOURCE_USERNAME",
                TestPostgres.USER, "SERVER_ADDRESS", "127.0.0.1", "SERVER_PORT", Integer.toString(port),
                "MILLRACE_API_KEYS", API_KEY, "MILLRACE_PAGING_KEY", PAGING_KEY, "SPRING_MAIN_SOURCES",
                ConstantController.class.getName()));
        environment.putAll(settings);
        var process = MeasuredProcess.start("api", name,
                List.of("-Xmx" + HEAP, "-Xlog:gc:file=" + collections,
                        "-Dloader.path=" + MeasuredProcess.target().resolve("classes")),
                "org.springframework.boot.loader.launch.PropertiesLauncher", environment);
        return new ApiProcess(process, port, collections);
    }

    int port() {
        return port;
    }

    int managementPort() {
        return process.managementPort();
    }

    /** The header lines of whoever may call. */
    static String authorization() {
        return "Authorization: Bearer " + API_KEY;
    }

    /** Of all its threads since it started: those of its compiler and collector as well. */
    Duration cpu() {
        return process.cpu();
    }

    /** What its garbage collections left in the heap so far, in MB, in their order. */
    List<Integer> heapsLeft() throws IOException {
        return LEFT_BY_GC.matcher(Files.readString(collections)).results().map(gc -> Integer.valueOf(gc.group(1)))
                .toList();
    }

    /** Collects everything that can be. */
    void collectGarbage() throws IOException, InterruptedException {
        var jcmd = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(process.pid()), "GC.run").redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        if (jcmd.waitFor() != 0) {
            throw new IOException("jcmd ended with " + jcmd.exitValue());
        }
    }

    @Override
    public void close() {
        process.close();
    }

    private static String secret() {
        var bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
