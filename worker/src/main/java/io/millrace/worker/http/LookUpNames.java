package io.millrace.worker.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * Looks names up on few threads of the operating system's: while it is waited for, a look-up on a virtual thread holds the thread that carries
 * this one, and a name server that does not answer would take all of them from a worker's jobs.
 */
final class LookUpNames implements GuardedLookup.Names, AutoCloseable {

    /** Behind each thread: more would only wait until their own time is over. */
    static final int WAITING = 16;

    private final GuardedLookup.Names names;
    private final ThreadPoolExecutor threads;

    LookUpNames(GuardedLookup.Names names, int atOnce) {
        this.names = names;
        this.threads = new ThreadPoolExecutor(atOnce, atOnce, 30, TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(atOnce * WAITING),
                Thread.ofPlatform().daemon().name("look-up-", 0).factory());
        threads.allowCoreThreadTimeOut(true);
    }

    /**
     * @throws TooManyLookUps
     *             if too many wait already
     */
    @Override
    public InetAddress[] lookUp(String host) throws UnknownHostException {
        var found = new FutureTask<>(() -> names.lookUp(host));
        try {
            threads.execute(found);
            return found.get();
        } catch (RejectedExecutionException e) {
            throw new TooManyLookUps();
        } catch (InterruptedException e) {
            // Nobody waits for it any more.
            found.cancel(true);
            threads.remove(found);
            Thread.currentThread().interrupt();
            throw new UnknownHostException(host);
        } catch (ExecutionException e) {
            throw failure(host, e.getCause());
        }
    }

    private static UnknownHostException failure(String host, @Nullable Throwable cause) {
        return switch (cause) {
            case UnknownHostException unknown -> unknown;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case null, default -> new UnknownHostException(host);
        };
    }

    int active() {
        return threads.getActiveCount();
    }

    int waiting() {
        return threads.getQueue().size();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    /** For the caller to come again later. */
    static final class TooManyLookUps extends UnknownHostException {

        private static final long serialVersionUID = 1;
    }
}
