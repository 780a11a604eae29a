package io.millrace.jobs.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import jakarta.persistence.EntityManagerFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.orm.jpa.EntityManagerFactoryUtils;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.interceptor.TransactionAspectSupport;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import io.millrace.jobs.JobExecution;
import io.millrace.jobs.JobQueue;
import io.millrace.jobs.TransactionalJobHandler;

/** Writes what was paid into a table that would take it twice. {@code @Transactional} makes it a proxy, and joins. */
@Component
public class PayBillHandler implements TransactionalJobHandler<PayBill, PayBill.Paid> {

    private static final Duration LOOK = Duration.ofMillis(20);

    private final DataSource till;
    private final JdbcClient jdbc;
    private final JobQueue queue;
    private final ObjectProvider<EntityManagerFactory> entities;
    private final Semaphore counter = new Semaphore(0);
    private final AtomicInteger atTheCounter = new AtomicInteger();
    private final AtomicInteger letters = new AtomicInteger();

    PayBillHandler(DataSource till, JdbcClient jdbc, JobQueue queue, ObjectProvider<EntityManagerFactory> entities) {
        this.till = till;
        this.jdbc = jdbc;
        this.queue = queue;
        this.entities = entities;
        jdbc.sql("create table if not exists payments (number int)").update();
        jdbc.sql("create table if not exists cash (number int unique deferrable initially deferred)").update();
    }

    @Override
    @Transactional
    public PayBill.Paid handle(PayBill job, JobExecution execution) throws Exception {
        execution.progress(1, 2);
        if (job.how().equals(PayBill.WAITING_BEFORE_THE_WRITE)) {
            waitAt(job);
        }
        jdbc.sql("insert into payments values (?)").param(job.number()).update();
        pay(job, execution);
        return new PayBill.Paid(job.number(), execution.attempt(), ProcessHandle.current().pid());
    }

    private void pay(PayBill job, JobExecution execution) throws Exception {
        switch (job.how()) {
            case PayBill.WAITING_AFTER_THE_WRITE -> waitAt(job);
            case PayBill.WAITING_BEFORE_THE_COMMIT -> atTheCommit(true, () -> waitAt(job));
            case PayBill.WAITING_AFTER_THE_COMMIT -> atTheCommit(false, () -> waitAt(job));
            case PayBill.WITHDRAWN -> TransactionAspectSupport.currentTransactionStatus().setRollbackOnly();
            case PayBill.REFUSED_BEFORE_THE_COMMIT -> atTheCommit(true, () -> {
                throw new IllegalStateException("the till is locked");
            });
            // Spring commits, and says that it has not.
            case PayBill.REPORTED_AS_REFUSED -> atTheCommit(true,
                    () -> ((ConnectionHolder) Objects
                            .requireNonNull(TransactionSynchronizationManager.getResource(till)))
                            .setRollbackOnly());
            case PayBill.LOST_RECEIPT -> atTheCommit(false, () -> {
                throw new IllegalStateException("no receipt");
            });
            case PayBill.REFUSED_AT_THE_COMMIT -> jdbc.sql("insert into cash values (?), (?)")
                    .params(job.number(), job.number()).update();
            case PayBill.BY_ENTITY -> Objects
                    .requireNonNull(EntityManagerFactoryUtils.getTransactionalEntityManager(entities.getObject()))
                    .persist(new Customer(job.number()));
            case PayBill.WITH_AN_ORDER -> queue.enqueue(new ShipOrder(job.number(), "somewhere"));
            case PayBill.AT_THE_COUNTER -> comeToTheCounter();
            case PayBill.CANCELLED_BY_ITSELF_AT_FIRST -> {
                if (execution.attempt() == 1) {
                    queue.cancel(execution.id());
                    comeToTheCounter();
                }
            }
            case PayBill.BY_LETTER_UNSTAMPED_AT_FIRST -> {
                execution.effects().once("letter", effect -> letters.incrementAndGet());
                if (execution.attempt() == 1) {
                    throw new IllegalStateException("no stamp");
                }
            }
            case PayBill.SHORT_OF_MONEY_AT_FIRST -> {
                if (execution.attempt() == 1) {
                    queue.enqueue(new ShipOrder(job.number(), "somewhere"));
                    throw new IllegalStateException("not enough money yet");
                }
            }
            default -> {
                // it is paid at once
            }
        }
    }

    private void comeToTheCounter() {
        atTheCounter.incrementAndGet();
        counter.acquireUninterruptibly();
    }

    private static void atTheCommit(boolean before, Action action) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void beforeCommit(boolean readOnly) {
                if (before) {
                    action.run();
                }
            }

            @Override
            public void afterCommit() {
                if (!before) {
                    action.run();
                }
            }
        });
    }

    private static void waitAt(PayBill job) {
        try {
            Files.writeString(Path.of(job.diary(), "diary"),
                    "%d is %s in %d%n".formatted(job.number(), job.how(), ProcessHandle.current().pid()),
                    StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            while (!Files.exists(CarryGoodsHandler.gate(Path.of(job.diary()), job.number()))) {
                Thread.sleep(LOOK);
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How many have come to the counter so far. */
    public int atTheCounter() {
        return atTheCounter.get();
    }

    /** How many letters it has written. */
    public int letters() {
        return letters.get();
    }

    /** Lets one of those go. */
    public void serveOne() {
        counter.release();
    }

    private interface Action {
        void run();
    }
}
