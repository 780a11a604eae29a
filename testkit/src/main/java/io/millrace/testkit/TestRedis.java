package io.millrace.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

import redis.embedded.RedisServer;

/** A real Redis on a free port of the loopback interface, started by the constructor; a test may stop and start it. */
public final class TestRedis implements AutoCloseable {

    private final int port = freePort();
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
            var redis = RedisServer.newRedisServer().port(port).bind("127.0.0.1").setting("save \"\"").build();
            redis.start();
            return redis;
        } catch (IOException e) {
            throw new UncheckedIOException("embedded Redis did not start", e);
        }
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
