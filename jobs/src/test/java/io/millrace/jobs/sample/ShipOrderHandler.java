package io.millrace.jobs.sample;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import io.millrace.jobs.JobExecution;
import io.millrace.jobs.JobHandler;
import io.millrace.jobs.PermanentFailure;

/** Ships, or fails as the address says. */
@Component
public class ShipOrderHandler implements JobHandler<ShipOrder, ShipOrder.Shipped> {

    private final List<Integer> handled = new CopyOnWriteArrayList<>();

    @Override
    @Transactional
    public ShipOrder.Shipped handle(ShipOrder job, JobExecution execution) {
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
            default -> execution.log("shipped");
        }
        return new ShipOrder.Shipped(job.orderId(), execution.attempt());
    }

    /** The order ids of all attempts so far, in their order. */
    public List<Integer> handled() {
        return handled;
    }
}
