package io.millrace.client;

import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

import org.jspecify.annotations.Nullable;

/** What becomes of futures, without what they make of exceptions. */
final class Futures {

    private Futures() {
    }

    /** What an end comes to. */
    interface End<T extends @Nullable Object> {

        /** One of both is null, or the value is. */
        void is(@Nullable T value, @Nullable Throwable failure);
    }

    /** Has {@code end} called when it is there, which must not throw: nobody would hear of it. */
    @SuppressWarnings("FutureReturnValueIgnored")
    static <T extends @Nullable Object> void onEnd(CompletableFuture<T> future, End<T> end) {
        future.whenComplete((value, failure) -> end.is(value, unwrap(failure)));
    }

    static @Nullable Throwable unwrap(@Nullable Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    /** Whether nothing was sent, so that nothing can have happened. */
    static boolean isOfNoConnection(@Nullable Throwable failure) {
        return failure instanceof ConnectException || failure instanceof HttpConnectTimeoutException;
    }

    /** For a future that has failed. */
    static Throwable known(@Nullable Throwable failure) {
        var known = unwrap(failure);
        return known == null ? new IllegalStateException("failed without a reason") : known;
    }

    /**
     * Waits as one would for a method of one's own: what it throws names the caller's line.
     *
     * @throws CallInterrupted
     *             if the thread is interrupted; the call is cancelled
     */
    static <T extends @Nullable Object> T await(CompletableFuture<T> call) {
        try {
            return call.get();
        } catch (InterruptedException e) {
            call.cancel(true);
            Thread.currentThread().interrupt();
            throw new CallInterrupted(e);
        } catch (ExecutionException e) {
            var cause = unwrap(e.getCause());
            if (cause instanceof RuntimeException failure) {
                if (failure instanceof MillraceException) {
                    failure.fillInStackTrace();
                }
                throw failure;
            }
            throw new IllegalStateException(cause);
        }
    }
}
