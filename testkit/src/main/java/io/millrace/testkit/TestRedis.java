package io.millrace.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

import redis.embedded.RedisServer;
import redis.embedded.core.ExecutableProvider;
import redis.embedded.model.OsArchitecture;

/** A real Redis on a free port of the loopback interface, started by the constructor; a test may stop and start it. */
public final class TestRedis implements AutoCloseable {

    private final int port = FreePort.find();
    private RedisServer server = started();

    /** What {@code millrace.redis.url} takes. */
    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    /** Kills it; what it held is gone. */
    public void stop() {
        try {
            server.stop();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts an empty one on the same port. */
    public void restart() {
        server = started();
    }

    @Override
    public void close() {
        stop();
    }

    private RedisServer started() {
        try {
            return started(ExecutableProvider.newJarResourceProvider());
        } catch (IOException e) {
            return startedStatic(e);
        }
    }

    /** The 64-bit program of the jar needs OpenSSL 3; a machine without it still runs the 32-bit one, which needs nothing. */
    private RedisServer startedStatic(IOException whyNotTheOther) {
        try {
            return started(ExecutableProvider
                    .newJarResourceProvider(Map.of(OsArchitecture.UNIX_x86_64, "/redis-server-6.2.7-linux-386")));
        } catch (IOException | RuntimeException e) {
            e.addSuppressed(whyNotTheOther);
            throw new IllegalStateException("embedded Redis did not start", e);
        }
    }

    private RedisServer started(ExecutableProvider program) throws IOException {
        var redis = RedisServer.newRedisServer().executableProvider(program).port(port).bind("127.0.0.1")
                .setting("save \"\"").build();
        redis.start();
        return redis;
    }
}
