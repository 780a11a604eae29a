package io.millrace.dashboard;

import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import org.jobrunr.dashboard.JobRunrApiHandler;
import org.jobrunr.dashboard.JobRunrSseHandler;
import org.jobrunr.dashboard.JobRunrStaticFileHandler;
import org.jobrunr.storage.StorageProvider;
import org.jobrunr.storage.ThreadSafeStorageProvider;
import org.jobrunr.utils.mapper.JsonMapper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

import io.millrace.jobs.CannotStart;

/**
 * JobRunr's dashboard on an HTTP server of our own, since JobRunr's binds every interface and compares passwords in the
 * clear. Its handlers fix the paths: {@code /dashboard}, {@code /api} and {@code /sse}.
 */
@Component
final class DashboardServer implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(DashboardServer.class);
    private static final boolean NO_USAGE_DATA = false;

    private final Access access;
    private final StorageProvider storage;
    private final JsonMapper json = DashboardJson.mapper();
    private @Nullable Running running;

    DashboardServer(Access access, StorageProvider storageProvider) {
        this.access = access;
        this.storage = new ThreadSafeStorageProvider(storageProvider);
    }

    @Override
    public synchronized void start() {
        if (running != null) {
            return;
        }
        var server = bind();
        var events = new JobRunrSseHandler(storage, json);
        var threads = Executors.newVirtualThreadPerTaskExecutor();
        server.setExecutor(threads);
        mount(server, "/", DashboardServer::redirect);
        mount(server, "/dashboard", new JobRunrStaticFileHandler());
        mount(server, "/api", new JobRunrApiHandler(storage, json, NO_USAGE_DATA));
        mount(server, "/sse", events);
        server.start();
        running = new Running(server, events, threads);
        LOG.info("dashboard ready at {}:{}", access.address().getHostString(), port());
    }

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

    /** The port it listens on. */
    synchronized int port() {
        if (running == null) {
            throw new IllegalStateException("the dashboard is not running");
        }
        return running.server.getAddress().getPort();
    }

    private HttpServer bind() {
        try {
            return HttpServer.create(access.address(), 0);
        } catch (IOException e) {
            var address = access.address();
            throw new CannotStart("The dashboard cannot listen on port " + address.getPort() + " of "
                    + address.getHostString() + ": " + e.getMessage() + ".",
                    "Free the port, or set MILLRACE_DASHBOARD_PORT (millrace.dashboard.port) to another.", e);
        }
    }

    private void mount(HttpServer server, String path, HttpHandler handler) {
        server.createContext(path, handler).getFilters().addAll(access.filters());
    }

    private static void redirect(HttpExchange exchange) throws IOException {
        if (exchange.getRequestURI().getPath().equals("/")) {
            exchange.getResponseHeaders().set("Location", "/dashboard");
            exchange.sendResponseHeaders(302, -1);
        } else {
            Refusal.send(exchange, 404, "No such page.");
        }
    }

    private record Running(HttpServer server, JobRunrSseHandler events, ExecutorService threads) {
    }
}
