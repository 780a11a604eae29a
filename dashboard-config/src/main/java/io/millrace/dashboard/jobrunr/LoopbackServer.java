package io.millrace.dashboard.jobrunr;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import org.jobrunr.dashboard.JobRunrApiHandler;
import org.jobrunr.dashboard.JobRunrStaticFileHandler;
import org.jobrunr.storage.StorageProvider;
import org.jobrunr.storage.ThreadSafeStorageProvider;
import org.jobrunr.utils.mapper.JsonMapper;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * JobRunr's handlers on a server of our own, since JobRunr's binds every interface: on any free port of the loopback
 * interface, for whoever has the key of this start. The handlers fix the paths: {@code /dashboard}, {@code /api} and
 * {@code /sse}.
 */
@Component
final class LoopbackServer implements SmartLifecycle {

    private static final boolean NO_USAGE_DATA = false;

    private final StorageProvider storage;
    private final JsonMapper json = DashboardJson.mapper();
    private final ProxyKey key = ProxyKey.random();
    private @Nullable Running running;

    LoopbackServer(StorageProvider storageProvider) {
        this.storage = new ThreadSafeStorageProvider(storageProvider);
    }

    @Override
    public synchronized void start() {
        if (running != null) {
            return;
        }
        var server = bind();
        var events = new EventStreams(storage, json);
        var threads = Executors.newVirtualThreadPerTaskExecutor();
        server.setExecutor(threads);
        mount(server, "/dashboard", new JobRunrStaticFileHandler());
        mount(server, "/api", new JobRunrApiHandler(storage, json, NO_USAGE_DATA));
        mount(server, "/sse", events);
        server.start();
        running = new Running(server, events, threads);
    }

    /** The first of all to stop: streams that stayed open would keep the web server waiting for their end. */
    @Override
    public synchronized void stop() {
        if (running != null) {
            running.events.close();
            running.server.stop(0);
            running.threads.shutdownNow();
            running = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return running != null;
    }

    /** What the proxy shows, and nobody else has. */
    ProxyKey key() {
        return key;
    }

    /**
     * Where it listens.
     *
     * @throws IOException
     *             if it does not
     */
    synchronized URI address() throws IOException {
        if (running == null) {
            throw new IOException("JobRunr's pages are not there yet, or no longer");
        }
        var address = running.server.getAddress();
        return URI.create("http://" + host(address.getAddress()) + ":" + address.getPort());
    }

    /** Forgets a stream whose reader has gone. */
    synchronized void end(String stream) {
        if (running != null) {
            running.events.end(stream);
        }
    }

    /** How many streams of events somebody reads. */
    synchronized int openStreams() {
        return running == null ? 0 : running.events.count();
    }

    private static HttpServer bind() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("no port of the loopback interface is free", e);
        }
    }

    private void mount(HttpServer server, String path, HttpHandler handler) {
        server.createContext(path, handler).getFilters().addAll(List.of(new ProxyOnly(key), new PlainRequests()));
    }

    private static String host(InetAddress address) {
        String text = address.getHostAddress();
        return text.contains(":") ? "[" + text + "]" : text;
    }

    private record Running(HttpServer server, EventStreams events, ExecutorService threads) {
    }
}
