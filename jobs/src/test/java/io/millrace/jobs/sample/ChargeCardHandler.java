package io.millrace.jobs.sample;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

import org.springframework.stereotype.Component;

import io.millrace.jobs.Effect;
import io.millrace.jobs.JobExecution;
import io.millrace.jobs.JobHandler;
import io.millrace.jobs.JobLost;
import io.millrace.jobs.NothingHappened;

/** Charges, and is the bank as well, which charges whoever asks. */
@Component
public class ChargeCardHandler implements JobHandler<ChargeCard, ChargeCard.Charged> {

    private static final Duration LOOK = Duration.ofMillis(20);

    private final Set<Integer> known = ConcurrentHashMap.newKeySet();
    private final List<Call> calls = new CopyOnWriteArrayList<>();

    @Override
    public ChargeCard.Charged handle(ChargeCard job, JobExecution execution) throws Exception {
        boolean first = known.add(job.number());
        var receipt = charge(job, execution, first);
        note(job, "was charged");
        if (job.how().equals(ChargeCard.LOOKING_FOR_THE_RECEIPT)) {
            waitFor(job);
        }
        if (first && job.how().equals(ChargeCard.TORN_RECEIPT_AT_FIRST)) {
            throw new IllegalStateException("the receipt is torn");
        }
        return new ChargeCard.Charged(job.number(), receipt, execution.attempt());
    }

    private ChargeCard.Receipt charge(ChargeCard job, JobExecution execution, boolean first) throws Exception {
        try {
            return execution.effects().once("charge", ChargeCard.Receipt.class, effect -> call(job, effect, first));
        } catch (JobLost e) {
            note(job, "was lost");
            throw e;
        }
    }

    private ChargeCard.Receipt call(ChargeCard job, Effect effect, boolean first) throws Exception {
        calls.add(new Call(job.number(), effect));
        note(job, effect.mayHaveHappened() ? "is charged again" : "is charged");
        if (job.how().equals(ChargeCard.ON_HOLD)) {
            waitFor(job);
        } else if (first && job.how().equals(ChargeCard.NO_ANSWER_AT_FIRST)) {
            throw new HttpTimeoutException("no answer");
        } else if (first && job.how().equals(ChargeCard.NO_LINE_AT_FIRST)) {
            throw new NothingHappened(new ConnectException("no line"));
        }
        return new ChargeCard.Receipt(effect.idempotencyKey(), ProcessHandle.current().pid());
    }

    /** Whoever says that it is to stop. */
    private static void waitFor(ChargeCard job) {
        while (!Files.exists(CarryGoodsHandler.gate(Path.of(job.diary()), job.number()))) {
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    private static void note(ChargeCard job, String what) throws IOException {
        if (!job.diary().isEmpty()) {
            Files.writeString(Path.of(job.diary(), "diary"),
                    "%d %s in %d%n".formatted(job.number(), what, ProcessHandle.current().pid()),
                    StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
    }

    /** The calls that the bank had for a number, in order. */
    public List<Effect> calls(int number) {
        return calls.stream().filter(call -> call.number == number).map(Call::effect).toList();
    }

    private record Call(int number, Effect effect) {
    }
}
