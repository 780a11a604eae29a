package io.millrace.api;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import io.millrace.api.ApiUnderTest.Answer;

/**
 * What many get who call at once.
 *
 * @param until
 *            the last of them has its answer
 */
public record Crowd(List<Answer> answers, Duration until) {

    private static final int CALLERS = 60;

    /** Sixty of them. */
    public static Crowd of(Callable<Answer> call) {
        long begun = System.nanoTime();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = callers.invokeAll(IntStream.range(0, CALLERS).mapToObj(_ -> call).toList()).stream()
                    .map(Future::resultNow).toList();
            return new Crowd(answers, Duration.ofNanos(System.nanoTime() - begun));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
