package io.millrace.client;

import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import org.jspecify.annotations.Nullable;

/**
 * Enqueues jobs at a Millrace API, awaits their results and follows them. One for a process is enough: it is for any number of threads,
 * and opens connections as they are needed.
 *
 * <pre>{@code
 * static final JobType<SendEmail, MailSent> SEND_EMAIL = JobType.of("send-email", SendEmail.class, MailSent.class);
 *
 * try (var millrace = MillraceClient.builder(URI.create("http://127.0.0.1:8080")).build()) {
 *     var job = millrace.enqueue(SEND_EMAIL, new SendEmail("ada@example.org", "Hello", "Hello from Millrace."));
 *     MailSent sent = millrace.awaitResult(job, Duration.ofSeconds(30));
 * }
 * }</pre>
 *
 * <p>
 * A call that fails in passing, without an answer or with 429, 502, 503 or 504, is repeated after a pause that doubles, with jitter, and
 * not before the time that a {@code Retry-After} names; as often as the builder says. What would have another effect when it arrives twice
 * is repeated only if it certainly has not been done: {@link #retry}, {@link #enqueueAll}. Enqueueing is safe, because each call has an
 * idempotency key.
 *
 * <p>
 * Every method may throw, or complete exceptionally with, {@link RequestRefused} if the server says no, {@link ServerUnreachable} if it says
 * nothing after all retries, and {@link IllegalStateException} after {@link #close()}; those that wait throw {@link CallInterrupted} when
 * their thread is interrupted. Futures hold no thread while they wait, and to cancel one ends its request; what depends on them runs on
 * threads of the HTTP client, so it must not block long unless it is given another executor.
 */
public final class MillraceClient implements AutoCloseable {

    private final Connection connection;
    private final JobJson json;
    private final Duration longestSilence;

    MillraceClient(Connection connection, JobJson json, Duration longestSilence) {
        this.connection = connection;
        this.json = json;
        this.longestSilence = longestSilence;
    }

    /**
     * For the API at this address.
     *
     * @throws IllegalArgumentException
     *             if it is no address of a server
     */
    public static ClientBuilder builder(URI server) {
        return new ClientBuilder(server);
    }

    /** {@link #enqueue(NewJob)} of a job of which no more is to be said. */
    public <P, R extends @Nullable Object> JobRef<R> enqueue(JobType<P, R> type, P payload) {
        return enqueue(type.job(payload));
    }

    /**
     * Queues a job, and returns once it is durable. A retry after a lost answer queues it no second time.
     *
     * @return the job; the one that is there already where the idempotency key or the unique key is known
     * @throws RequestRefused
     *             422 for an unknown type or a payload that does not fit it, 409 for an idempotency key of another request;
     *             nothing is queued then
     * @throws tools.jackson.core.JacksonException
     *             if the payload cannot be written as JSON
     */
    public <R extends @Nullable Object> JobRef<R> enqueue(NewJob<R> job) {
        return Futures.await(enqueueAsync(job));
    }

    /** As {@link #enqueue(NewJob)}, without waiting. */
    public <R extends @Nullable Object> CompletableFuture<JobRef<R>> enqueueAsync(NewJob<R> job) {
        var key = job.idempotencyKey() == null ? UUID.randomUUID().toString() : job.idempotencyKey();
        var call = connection.call(connection.request("/jobs").header("Content-Type", "application/json")
                .header("Idempotency-Key", quoted(key)).POST(BodyPublishers.ofByteArray(json.write(job))));
        return connection.ask(call, answer -> {
            if (answer.statusCode() != 202 && answer.statusCode() != 200) {
                throw JobJson.refusal(call, answer);
            }
            return job.type().ref(json.job(answer.body()).id());
        });
    }

    /**
     * Queues any number of jobs, in chunks of up to 10,000. A chunk is queued as a whole or not at all; all of the stream is not: what came
     * before a chunk that is refused stays queued. The stream is read as it is sent, and closed. For jobs of several types in one stream,
     * {@link NewJob#of} makes them alike.
     *
     * <p>
     * The server takes no idempotency key for many jobs. A chunk whose answer is lost is therefore not sent again, and
     * {@link BulkRefused#isInDoubt()} says so.
     *
     * @return the jobs in the stream's order
     * @throws BulkRefused
     *             if a chunk was refused, naming the jobs that are wrong, or was not answered
     * @throws IllegalArgumentException
     *             if a job has an idempotency key or a unique key; chunks before it are queued
     */
    public <R extends @Nullable Object> List<JobRef<R>> enqueueAll(Stream<NewJob<R>> jobs) {
        return new EnqueueMany<R>(connection, json).enqueue(jobs);
    }

    /**
     * The result, as soon as there is one.
     *
     * @param patience
     *            how long to wait, also while the server cannot be reached
     * @throws NoResultYet
     *             if the job has not ended by then
     * @throws JobFailed
     *             if it failed for good
     * @throws JobCancelled
     *             if it was cancelled
     * @throws ResultExpired
     *             if its result is not kept any more
     * @throws RequestRefused
     *             404 if there is no such job, or not any more
     */
    public <R extends @Nullable Object> R awaitResult(JobRef<R> job, Duration patience) {
        return Futures.await(resultAsync(job, patience));
    }

    /** As {@link #awaitResult}, without waiting: no thread is held, however long it takes. */
    public <R extends @Nullable Object> CompletableFuture<R> resultAsync(JobRef<R> job, Duration patience) {
        return new AwaitResult<>(connection, json, job, patience).begin();
    }

    /** The job as it stands; empty if there is none of this id, or not any more. */
    public Optional<Job> find(String id) {
        var call = connection.call(connection.request(path(id)));
        return Futures.await(connection.ask(call, answer -> switch (answer.statusCode()) {
            case 200 -> Optional.of(json.job(answer.body()));
            case 404 -> Optional.empty();
            default -> throw JobJson.refusal(call, answer);
        }));
    }

    /**
     * Jobs, newest first, without their results. Pages are read as the stream is, so that what is done to it may throw what the methods here
     * do. A job that is there all the while is told once, whatever is enqueued meanwhile.
     */
    public Stream<Job> list(JobFilter filter) {
        return StreamSupport.stream(
                Spliterators.spliteratorUnknownSize(new Pages(connection, json, filter),
                        Spliterator.ORDERED | Spliterator.NONNULL),
                false);
    }

    /**
     * Ends a job that waits or runs; its handler, if it runs, is told to stop.
     *
     * @return whether it is cancelled, by this call or before; false if it has succeeded or failed
     * @throws RequestRefused
     *             404 if there is no such job
     */
    public boolean cancel(String id) {
        var call = connection.call(connection.request(path(id)).DELETE());
        var refused = Futures.await(connection.ask(call, answer -> answer.statusCode() == 204
                ? Optional.<RequestRefused>empty()
                : Optional.of(JobJson.refusal(call, answer))));
        if (refused.isPresent() && !refused.get().type().equals("/problems/job-ended")) {
            throw refused.get();
        }
        // It may be this call's own first attempt that ended it.
        return refused.isEmpty() || find(id).filter(job -> job.state() == JobState.DELETED).isPresent();
    }

    /**
     * Puts a failed job back, with all its attempts.
     *
     * @return the job as it waits again
     * @throws RequestRefused
     *             404 if there is no such job, 409 if it has not failed
     */
    public Job retry(String id) {
        var call = connection.call(connection.request(path(id) + "/retry").POST(BodyPublishers.noBody())).once();
        return Futures.await(connection.ask(call, answer -> {
            if (answer.statusCode() != 202) {
                throw JobJson.refusal(call, answer);
            }
            return json.job(answer.body());
        }));
    }

    /** Tells {@code listener} what becomes of a job until it has ended, beginning with how it stands. Returns at once. */
    public Following follow(JobRef<?> job, JobListener listener) {
        return new FollowJob(connection, json, job.id(), listener, longestSilence).begin();
    }

    /** Ends whatever is under way: it fails with a {@code CancellationException}. Jobs at the server go on. */
    @Override
    public void close() {
        connection.close();
    }

    private static String path(String id) {
        return "/jobs/" + Connection.encode(id);
    }

    /** A string of structured fields (RFC 9651). */
    private static String quoted(String key) {
        return '"' + key.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** Where it goes to; no key. */
    @Override
    public String toString() {
        return "MillraceClient[" + connection + "]";
    }
}
