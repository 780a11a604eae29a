package io.millrace.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A server that speaks S3 and checks signatures (S3Proxy, on a folder), as a process of its own; the build of core puts it there. */
public final class S3Server implements AutoCloseable {

    /** There from the start, and empty. */
    public static final String BUCKET = "millrace";
    public static final String ACCESS_KEY = "test-access";
    public static final String SECRET_KEY = "test-secret";

    /** Seen from any module's folder. */
    private static final Path JAR = Path.of("..", "core", "target", "s3-server", "s3proxy.jar");
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
    private static final int LOOKS = 600;

    private final int port = FreePort.find();
    private final Path folder;
    private final Process process;

    private S3Server() throws IOException {
        folder = Files.createTempDirectory("s3");
        Path buckets = folder.resolve("buckets");
        Files.createDirectories(buckets.resolve(BUCKET));
        Path settings = folder.resolve("s3.properties");
        Files.write(settings, List.of("s3proxy.endpoint=http://127.0.0.1:" + port, "s3proxy.authorization=aws-v4",
                "s3proxy.identity=" + ACCESS_KEY, "s3proxy.credential=" + SECRET_KEY,
                "jclouds.provider=filesystem-nio2", "jclouds.filesystem.basedir=" + buckets, "jclouds.identity=none",
                "jclouds.credential=none"));
        process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m",
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", JAR.toString(), "--properties",
                settings.toString()).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    }

    /**
     * One that answers.
     *
     * @throws IllegalStateException
     *             if it ends, as it does where the jar is not there, or does not answer within a minute
     */
    public static S3Server start() {
        try {
            var server = new S3Server();
            for (int look = 0; look < LOOKS; look++) {
                if (server.answers()) {
                    return server;
                }
                LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            }
            server.close();
            throw new IllegalStateException("the S3 server does not answer");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** How many objects there are in the bucket. */
    public long objects() {
        try (var files = Files.walk(folder.resolve("buckets"))) {
            return files.filter(Files::isRegularFile).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean answers() {
        if (!process.isAlive()) {
            throw new IllegalStateException("the S3 server ended with " + process.exitValue());
        }
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** Kills it; what it held is gone. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
