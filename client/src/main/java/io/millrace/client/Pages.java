package io.millrace.client;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/** Jobs newest first; a page is asked for when the one before it is used up. A page may be empty and not the last. */
final class Pages implements Iterator<Job> {

    private static final int LARGEST = 100;

    private final Connection connection;
    private final JobJson json;
    private final Map<String, @Nullable Object> query = new LinkedHashMap<>();
    private final Queue<Job> page = new ArrayDeque<>();
    private boolean isLast;

    Pages(Connection connection, JobJson json, JobFilter filter) {
        this.connection = connection;
        this.json = json;
        query.put("state", filter.state());
        query.put("type", filter.type());
        query.put("queue", filter.queue());
        query.put("label", filter.label());
        query.put("limit", LARGEST);
    }

    @Override
    public boolean hasNext() {
        while (page.isEmpty() && !isLast) {
            read();
        }
        return !page.isEmpty();
    }

    @Override
    public Job next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return page.remove();
    }

    private void read() {
        var call = connection.call(connection.request("/jobs?" + query.entrySet().stream()
                .filter(parameter -> parameter.getValue() != null)
                .map(parameter -> parameter.getKey() + "=" + Connection.encode(String.valueOf(parameter.getValue())))
                .collect(Collectors.joining("&"))));
        var answer = Futures.await(connection.send(call));
        if (answer.statusCode() != 200) {
            throw JobJson.refusal(call, answer);
        }
        var read = json.read(answer.body(), JobJson.Page.class);
        page.addAll(read.data());
        query.put("cursor", read.pagination().nextCursor());
        isLast = read.pagination().nextCursor() == null;
    }
}
