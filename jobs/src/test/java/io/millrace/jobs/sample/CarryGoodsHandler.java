package io.millrace.jobs.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import org.springframework.stereotype.Component;

import io.millrace.jobs.JobExecution;
import io.millrace.jobs.JobHandler;
import io.millrace.jobs.JobLost;

/** Carries, without a transaction of its own: it goes on whatever becomes of the database. */
@Component
public class CarryGoodsHandler implements JobHandler<CarryGoods, CarryGoods.Carried> {

    private static final Duration LOOK_AT_THE_GATE = Duration.ofMillis(20);

    private final CountDownLatch carPark = new CountDownLatch(1);
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger stopped = new AtomicInteger();
    private volatile boolean goingRound = true;

    @Override
    public CarryGoods.Carried handle(CarryGoods job, JobExecution execution) throws Exception {
        begun.incrementAndGet();
        note(job, "began");
        try {
            carry(job, execution);
        } catch (InterruptedException e) {
            note(job, "was stopped");
            throw e;
        }
        return new CarryGoods.Carried(job.number(), ProcessHandle.current().pid(), execution.attempt());
    }

    private void carry(CarryGoods job, JobExecution execution) throws Exception {
        switch (job.road()) {
            case CarryGoods.TO_THE_GATE -> {
                while (!Files.exists(gate(Path.of(job.diary()), job.number()))) {
                    Thread.sleep(LOOK_AT_THE_GATE);
                }
            }
            case CarryGoods.BY_STAGES -> byStages(job, execution);
            // As after SIGKILL: no hook runs, and no connection is closed in order.
            case CarryGoods.OVER_THE_CLIFF -> Runtime.getRuntime().halt(137);
            case CarryGoods.TO_THE_CAR_PARK -> {
                try {
                    carPark.await();
                } catch (InterruptedException e) {
                    stopped.incrementAndGet();
                    throw e;
                }
            }
            case CarryGoods.WHILE_WANTED -> {
                while (!execution.isCancelled()) {
                    Thread.onSpinWait();
                }
                stopped.incrementAndGet();
            }
            case CarryGoods.ROUND_IN_CIRCLES -> {
                while (goingRound) {
                    Thread.onSpinWait();
                }
            }
            default -> {
                // it is there at once
            }
        }
    }

    private static void byStages(CarryGoods job, JobExecution execution) throws IOException {
        int stage = execution.loadCheckpoint(Integer.class).orElse(0);
        execution.saveCheckpoint(stage + 1);
        note(job, "came from stage " + stage);
        while (!Files.exists(gate(Path.of(job.diary()), job.number()))) {
            LockSupport.parkNanos(LOOK_AT_THE_GATE.toNanos());
        }
        try {
            execution.saveCheckpoint(stage + 100);
            note(job, "is through");
        } catch (JobLost e) {
            note(job, "was refused");
            throw e;
        }
    }

    /** The file that lets the goods of a number pass. */
    public static Path gate(Path diary, int number) {
        return diary.resolve("gate-" + number);
    }

    /** Each line says what a number did, and in which process. */
    private static void note(CarryGoods job, String what) throws IOException {
        if (!job.diary().isEmpty()) {
            Files.writeString(Path.of(job.diary(), "diary"),
                    "%d %s in %d%n".formatted(job.number(), what, ProcessHandle.current().pid()),
                    StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
    }

    /** How many runs there were in this process. */
    public int begun() {
        return begun.get();
    }

    /** How many noticed in the car park, or while they were wanted, that they are not any more. */
    public int stopped() {
        return stopped.get();
    }

    /** Lets all go that are in the car park, or go round in circles. */
    public void letGo() {
        carPark.countDown();
        goingRound = false;
    }
}
