package io.millrace.core.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.awaitility.Awaitility;

import io.millrace.testkit.FreePort;

/** A server that speaks S3 and checks signatures (S3Proxy, on memory), as a process of its own; the build puts it there. */
final class S3Server implements AutoCloseable {

    static final String BUCKET = "millrace";
    static final String ACCESS_KEY = "test-access";
    static final String SECRET_KEY = "test-secret";

    private static final Path JAR = Path.of("target", "s3-server", "s3proxy.jar");

    private final int port = FreePort.find();
    private final Process process;
    private final Path settings;

    private S3Server() throws IOException {
        settings = Files.createTempFile("s3", ".properties");
        Files.write(settings, List.of("s3proxy.endpoint=http://127.0.0.1:" + port, "s3proxy.authorization=aws-v4",
                "s3proxy.identity=" + ACCESS_KEY, "s3proxy.credential=" + SECRET_KEY,
                "jclouds.provider=transient-nio2", "jclouds.identity=none", "jclouds.credential=none"));
        process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m",
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", JAR.toString(), "--properties",
                settings.toString()).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    }

    /** Started, with an empty {@link #BUCKET}. */
    static S3Server start() {
        try {
            var server = new S3Server();
            Awaitility.await().atMost(Duration.ofMinutes(1)).until(server::answers);
            try (var client = S3Connection.open(server.settings(BUCKET, SECRET_KEY))) {
                client.createBucket(request -> request.bucket(BUCKET));
            }
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    S3Settings settings(String bucket, String secretKey) {
        return new S3Settings(URI.create("http://127.0.0.1:" + port), "us-east-1", bucket, ACCESS_KEY, secretKey,
                true);
    }

    S3Pieces pieces(String bucket, String secretKey) {
        return new S3Pieces(S3Connection.open(settings(bucket, secretKey)), bucket);
    }

    S3Pieces pieces() {
        return pieces(BUCKET, SECRET_KEY);
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
        process.destroyForcibly();
        try {
            process.waitFor();
            Files.deleteIfExists(settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
