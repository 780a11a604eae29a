package io.millrace.local.servers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Redis in a process of its own, on the loopback interface. It keeps nothing on disk: what is in it is in Postgres
 * too.
 */
public final class EmbeddedRedis implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedRedis.class);
    private static final String PID_FILE = "redis.pid";
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final DataFolder folder;
    private final int port;
    private boolean closed;

    /** The one of this folder; nothing runs yet. */
    public EmbeddedRedis(DataFolder folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    /** Stops what an earlier process left running in this folder when it was killed, so that its port is free again. */
    public static void stopLeftover(DataFolder folder) {
        stop(folder);
    }

    /**
     * Starts it and waits until it answers; empty, with a line in the log, if it does not. The platform does without it.
     *
     * @return what {@code millrace.redis.url} takes; the password is in it
     */
    public synchronized Optional<String> start() {
        try {
            if (closed) {
                throw new IOException("it was told to stop before it started");
            }
            var secret = Secret.password(folder);
            var program = RedisProgram.unpack(folder.resolve("redis"));
            var settings = Files.writeString(folder.resolve("redis").resolve("redis.conf"), "");
            DataFolder.restrict(settings, "rw-------");
            Files.writeString(settings, settings(folder, port, secret));
            var started = Command.run(List.of(program.path().toString(), settings.toString()));
            if (!started.succeeded()) {
                throw new IOException(started.lastLine());
            }
            awaitAnswer(port, secret);
            return Optional.of("redis://:" + secret.value() + "@127.0.0.1:" + port);
        } catch (IOException e) {
            LOG.warn("Redis did not start ({}); results are read from Postgres instead", e.getMessage());
            return Optional.empty();
        }
    }

    /** Stops it, a start that is under way having ended; nothing if it does not run. */
    @Override
    public synchronized void close() {
        closed = true;
        stop(folder);
    }

    private static void stop(DataFolder folder) {
        var pidFile = new PidFile(folder.resolve(PID_FILE), folder);
        try {
            var process = pidFile.running();
            if (process.isPresent()) {
                stop(process.get());
            }
            pidFile.deleteIfStale();
        } catch (IOException e) {
            LOG.warn("Redis did not stop ({}); the next start stops it", e.getMessage());
        }
    }

    private static void stop(ProcessHandle process) {
        process.destroy();
        try {
            process.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    // As a daemon it is in no terminal's process group: Ctrl-C does not take it from jobs that are still ending.
    private static String settings(DataFolder folder, int port, Secret secret) {
        return """
               bind 127.0.0.1
               port %d
               requirepass %s
               daemonize yes
               pidfile %s
               logfile %s
               dir %s
               save ""
               appendonly no
               maxmemory 64mb
               maxmemory-policy allkeys-lru
               """.formatted(port, secret.value(), quoted(folder.resolve(PID_FILE)),
                quoted(folder.resolve("redis.log")), quoted(folder.resolve("redis")));
    }

    private static String quoted(Path path) {
        return '"' + path.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private void awaitAnswer(int port, Secret secret) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!answers(port, secret)) {
            if (System.nanoTime() > deadline) {
                stop(folder);
                throw new IOException("no answer within " + PATIENCE.toSeconds() + " s");
            }
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while waiting for Redis", e);
            }
        }
    }

    private static boolean answers(int port, Secret secret) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.getOutputStream()
                    .write(("AUTH " + secret.value() + "\r\nPING\r\nQUIT\r\n").getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).contains("+PONG");
        } catch (IOException e) {
            return false;
        }
    }
}
