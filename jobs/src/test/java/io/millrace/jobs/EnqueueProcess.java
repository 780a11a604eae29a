package io.millrace.jobs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContext;
import org.springframework.transaction.support.TransactionTemplate;

import io.millrace.jobs.sample.PlaceOrder;
import io.millrace.jobs.sample.ShipOrder;
import io.millrace.jobs.sample.ShopApplication;

/** The sample service as a process of its own; {@link ManyProcessesIT} tells it by lines what to do. */
final class EnqueueProcess {

    private final PrintStream answers;
    private final JobQueue queue;
    private final PlaceOrder orders;
    private final TransactionTemplate transactions;
    private final Clock clock;

    private EnqueueProcess(PrintStream answers, ApplicationContext service) {
        this.answers = answers;
        this.queue = service.getBean(JobQueue.class);
        this.orders = service.getBean(PlaceOrder.class);
        this.transactions = service.getBean(TransactionTemplate.class);
        this.clock = service.getBean(Clock.class);
    }

    @SuppressWarnings("SystemOut") // it is how the process answers
    public static void main(String[] arguments) throws Exception {
        var answers = System.out;
        // What is logged is no answer, and must not wait until somebody reads the answers.
        System.setOut(System.err);
        try (var service = new SpringApplicationBuilder(ShopApplication.class).web(WebApplicationType.NONE)
                .properties("spring.datasource.url=" + arguments[0], "spring.datasource.hikari.maximum-pool-size=25",
                        "millrace.jobs.pool.maximum-pool-size=2", "logging.level.root=warn")
                .run()) {
            new EnqueueProcess(answers, service).obey();
        }
    }

    private void obey() throws IOException, ExecutionException, InterruptedException {
        answers.println("ready");
        var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            var words = line.split(" ", 2);
            switch (words[0]) {
                case "place" -> place(Integer.parseInt(words[1]));
                case "unique" -> answers.println(race(later().withUniqueKey(UniqueKey.whileWaiting(words[1]))));
                case "idempotent" -> answers.println(race(later().withIdempotencyKey(words[1])));
                default -> answers.println("what?");
            }
        }
    }

    /** Writes everything, says so, and never commits. */
    private void place(int order) {
        transactions.executeWithoutResult(status -> {
            answers.println(orders.place(order, "somewhere"));
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** The ids that 25 callers at once get. */
    private String race(EnqueueOptions options) throws ExecutionException, InterruptedException {
        List<Callable<UUID>> calls = new ArrayList<>();
        IntStream.range(0, 25).forEach(i -> calls.add(() -> queue.enqueue(new ShipOrder(1, "somewhere"), options)));
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var ids = new TreeSet<UUID>();
            for (Future<UUID> id : callers.invokeAll(calls)) {
                ids.add(id.get());
            }
            return ids.toString();
        }
    }

    private EnqueueOptions later() {
        return EnqueueOptions.DEFAULTS.withRunAt(clock.instant().plus(Duration.ofDays(1)));
    }
}
