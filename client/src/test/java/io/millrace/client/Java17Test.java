package io.millrace.client;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

import static io.millrace.client.ScriptedServer.job;
import static io.millrace.client.ScriptedServer.json;
import static org.assertj.core.api.Assertions.assertThat;

/** Services are built with other Javas than ours. */
class Java17Test {

    private static final int JAVA_17 = 61;

    /** What the test runs on a Java 17. */
    static final class Sample {

        private Sample() {
        }

        record Letter(String to) {
        }

        record Sent(int words) {
        }

        public static void main(String[] arguments) {
            var type = JobType.of("letter", Letter.class, Sent.class);
            try (var client = MillraceClient.builder(java.net.URI.create(arguments[0])).build()) {
                var sent = client.awaitResult(client.enqueue(type, new Letter("Ada")), java.time.Duration.ofMinutes(1));
                System.out.println(Runtime.version().feature() + " got " + sent.words());
            }
        }
    }

    @Test
    void everyClassIsOneForJava17() throws Exception {
        try (var files = Files.walk(classes())) {
            var versions = files.filter(file -> file.toString().endsWith(".class")).map(Java17Test::version).toList();

            assertThat(versions).hasSizeGreaterThan(20).containsOnly(JAVA_17);
        }
    }

    @Test
    void runsOnJava17() throws Exception {
        var java = java17();
        Assumptions.assumeTrue(java.isPresent(), "no Java 17 on this machine: set JAVA17_HOME to one");
        try (var server = new ScriptedServer(job(202, "a", JobState.ENQUEUED), json(200, "{\"words\": 3}"))) {
            var process = new ProcessBuilder(java.get().toString(), "-cp", System.getProperty("java.class.path"),
                    Sample.class.getName(), server.address().toString()).redirectErrorStream(true).start();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(process.waitFor()).as(output).isZero();
            assertThat(output).isEqualToIgnoringNewLines("17 got 3");
        }
    }

    private static Path classes() throws URISyntaxException {
        return Path.of(Objects.requireNonNull(MillraceClient.class.getProtectionDomain().getCodeSource()).getLocation()
                .toURI());
    }

    private static int version(Path file) {
        try (var stream = new DataInputStream(Files.newInputStream(file))) {
            stream.skipNBytes(6);
            return stream.readUnsignedShort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Optional<Path> java17() throws IOException {
        var named = Optional.ofNullable(System.getenv("JAVA17_HOME")).map(Path::of).stream();
        var installed = Files.isDirectory(Path.of("/usr/lib/jvm"))
                ? listed(Path.of("/usr/lib/jvm")).stream()
                : Stream.<Path>empty();
        return Stream.concat(named, installed).filter(Java17Test::is17)
                .map(home -> home.resolve("bin").resolve("java")).filter(Files::isExecutable).findFirst();
    }

    private static List<Path> listed(Path folder) throws IOException {
        try (var all = Files.list(folder)) {
            return all.sorted().toList();
        }
    }

    private static boolean is17(Path home) {
        try {
            return Files.readString(home.resolve("release")).contains("JAVA_VERSION=\"17");
        } catch (IOException e) {
            return false;
        }
    }
}
