package io.millrace.jobs.sample;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import io.millrace.jobs.JobExecution;
import io.millrace.jobs.JobHandler;
import io.millrace.jobs.PermanentFailure;

/** Ships, or fails as the address says. */
@Component
public class ShipOrderHandler implements JobHandler<ShipOrder, ShipOrder.Shipped> {

    private final List<Integer> handled = new CopyOnWriteArrayList<>();
    private final Semaphore doors = new Semaphore(0);
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();

    @Override
    @Transactional
    public ShipOrder.Shipped handle(ShipOrder job, JobExecution execution) throws InterruptedException {
        mostAtOnce.accumulateAndGet(running.incrementAndGet(), Math::max);
        try {
            return ship(job, execution);
        } finally {
            running.decrementAndGet();
        }
    }

    private ShipOrder.Shipped ship(ShipOrder job, JobExecution execution) throws InterruptedException {
        handled.add(job.orderId());
        execution.progress(1, 2);
        switch (job.address()) {
            case "no such street" -> throw new PermanentFailure("the address does not exist");
            case "nobody home" -> throw new IllegalStateException("nobody opened");
            case "at the second ring" -> {
                if (execution.attempt() == 1) {
                    throw new IllegalStateException("nobody opened yet");
                }
            }
            case "around the corner" -> Thread.sleep(Duration.ofMillis(5));
            case "rings until opened" -> doors.acquire();
            case "far away" -> Thread.sleep(Duration.ofMinutes(1));
            default -> execution.log("shipped");
        }
        return new ShipOrder.Shipped(job.orderId(), execution.attempt());
    }

    /** Lets one order go that rings until somebody opens. */
    public void openADoor() {
        doors.release();
    }

    /** How many orders were under way at the busiest moment so far. */
    public int mostAtOnce() {
        return mostAtOnce.get();
    }

    /** How many orders are under way. */
    public int running() {
        return running.get();
    }

    /** The order ids of all attempts so far, in their order. */
    public List<Integer> handled() {
        return handled;
    }
}
