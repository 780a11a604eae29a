package io.millrace.jobs.sample;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import org.springframework.stereotype.Component;

import io.millrace.jobs.JobExecution;
import io.millrace.jobs.JobHandler;
import io.millrace.jobs.PermanentFailure;
import io.millrace.jobs.RetryPolicy;
import io.millrace.jobs.TimeLimitExceeded;

/** Bakes until the oven is opened. */
@Component
public class BakeBreadHandler implements JobHandler<BakeBread, BakeBread.Bread> {

    private volatile CountDownLatch oven = new CountDownLatch(1);
    private final List<TimeLimitExceeded> overdue = new CopyOnWriteArrayList<>();
    private final AtomicInteger bakers = new AtomicInteger();

    @Override
    public RetryPolicy retryPolicy() {
        return RetryPolicy.ofType().on(TimeLimitExceeded.class, (exceeded, _) -> {
            overdue.add(exceeded);
            return Duration.ofMillis(1);
        });
    }

    @Override
    public BakeBread.Bread handle(BakeBread job, JobExecution execution) throws Exception {
        bakers.incrementAndGet();
        execution.progress(0, 1);
        try {
            bake(job);
        } finally {
            bakers.decrementAndGet();
        }
        return new BakeBread.Bread(job.number(), execution.attempt());
    }

    private void bake(BakeBread job) throws InterruptedException {
        var closed = oven;
        switch (job.bell()) {
            case BakeBread.STOPS_THE_BAKER -> closed.await();
            case BakeBread.BRINGS_THE_BREAD_OUT, BakeBread.FINDS_THE_OVEN_BROKEN -> {
                try {
                    closed.await();
                } catch (InterruptedException e) {
                    if (job.bell().equals(BakeBread.FINDS_THE_OVEN_BROKEN)) {
                        throw new PermanentFailure("the oven is broken", e);
                    }
                }
            }
            case BakeBread.IS_NOT_HEARD -> {
                while (closed.getCount() > 0) {
                    sleepOn(closed);
                }
            }
            case BakeBread.IS_NOT_HEARD_FOR_THE_MIXER -> {
                while (closed.getCount() > 0) {
                    Thread.onSpinWait();
                }
            }
            default -> {
                // it is ready at once
            }
        }
    }

    private static void sleepOn(CountDownLatch closed) {
        try {
            closed.await();
        } catch (InterruptedException e) {
            // as if it had not been rung
        }
    }

    /** Opens the oven: whoever still bakes is done. */
    public void open() {
        oven.countDown();
    }

    /** Until it is opened. */
    public void close() {
        oven = new CountDownLatch(1);
    }

    /** How many bake at this moment. */
    public int bakers() {
        return bakers.get();
    }

    /** What its retry policy was asked about. */
    public List<TimeLimitExceeded> overdue() {
        return overdue;
    }
}
