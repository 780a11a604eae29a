package io.millrace.dashboard.jobrunr;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import com.sun.net.httpserver.HttpExchange;
import org.jobrunr.dashboard.JobRunrSseHandler;
import org.jobrunr.dashboard.server.sse.SseExchange;
import org.jobrunr.storage.StorageProvider;
import org.jobrunr.utils.mapper.JsonMapper;

/**
 * JobRunr's streams of events, which can be ended by name. JobRunr itself notices that a reader has gone when it next has
 * something to say, and refuses new readers from the forty-first on: on a quiet system forty reloads of a page would do.
 */
final class EventStreams extends JobRunrSseHandler {

    static final String NAME_HEADER = "Millrace-Stream";

    private final Map<String, SseExchange> open = new ConcurrentHashMap<>();

    EventStreams(StorageProvider storage, JsonMapper json) {
        super(storage, json);
    }

    @Override
    protected SseExchange createSseExchange(HttpExchange exchange) throws IOException {
        var stream = super.createSseExchange(exchange);
        open.values().removeIf(SseExchange::isClosed);
        open.put(exchange.getRequestHeaders().getFirst(NAME_HEADER), stream);
        return stream;
    }

    int count() {
        return open.size();
    }

    void end(String name) {
        var stream = open.remove(name);
        if (stream != null && !stream.isClosed()) {
            stream.close();
        }
    }
}
