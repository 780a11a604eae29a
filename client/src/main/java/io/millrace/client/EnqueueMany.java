package io.millrace.client;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/** Sends jobs in chunks of NDJSON, one after the other, and remembers no more of them than a chunk. */
final class EnqueueMany<R extends @Nullable Object> {

    /** What the server takes in one request. */
    static final int MOST_JOBS = 10_000;
    private static final int MOST_BYTES = 32 * 1024 * 1024;

    private final Connection connection;
    private final JobJson json;
    private final List<JobRef<R>> enqueued = new ArrayList<>();
    private final List<byte[]> lines = new ArrayList<>();
    private final List<JobType<?, R>> types = new ArrayList<>();
    private long bytes;

    EnqueueMany(Connection connection, JobJson json) {
        this.connection = connection;
        this.json = json;
    }

    List<JobRef<R>> enqueue(Stream<NewJob<R>> jobs) {
        try (jobs) {
            jobs.sequential().forEachOrdered(this::add);
        }
        if (!lines.isEmpty()) {
            send();
        }
        return List.copyOf(enqueued);
    }

    private void add(NewJob<R> job) {
        if (job.idempotencyKey() != null || job.hasUniqueKey()) {
            throw new IllegalArgumentException(
                    "job " + index() + " has an idempotency key or a unique key, which jobs in bulk cannot have");
        }
        var line = json.line(job);
        if (lines.size() == MOST_JOBS || (!lines.isEmpty() && bytes + line.length > MOST_BYTES)) {
            send();
        }
        lines.add(line);
        types.add(job.type());
        bytes += line.length;
    }

    private long index() {
        return (long) enqueued.size() + lines.size();
    }

    private void send() {
        var ids = ids();
        for (int i = 0; i < ids.size(); i++) {
            enqueued.add(types.get(i).ref(ids.get(i)));
        }
        lines.clear();
        types.clear();
        bytes = 0;
    }

    private List<String> ids() {
        // What may have arrived is not sent again: the server takes no idempotency key here.
        var call = connection.call(connection.request("/jobs/bulk").header("Content-Type", "application/x-ndjson")
                .POST(BodyPublishers.ofByteArrays(lines))).once();
        HttpResponse<String> answer;
        try {
            answer = Futures.await(connection.send(call));
        } catch (MillraceException e) {
            throw new BulkRefused(enqueued, List.of(), e);
        }
        if (answer.statusCode() != 202) {
            throw new BulkRefused(enqueued, errors(answer), JobJson.refusal(call, answer));
        }
        return json.read(answer.body(), Queued.class).ids();
    }

    private List<BulkRefused.ItemError> errors(HttpResponse<String> answer) {
        return JobJson.tree(answer.body()).path("errors").valueStream().filter(error -> error.path("line").isNumber())
                .map(error -> new BulkRefused.ItemError(enqueued.size() + error.path("line").asLong() - 1,
                        error.path("field").asString(""), error.path("message").asString("")))
                .toList();
    }

    /** The server's answer. */
    record Queued(List<String> ids) {
    }
}
