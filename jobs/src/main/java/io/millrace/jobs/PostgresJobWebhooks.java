package io.millrace.jobs;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Webhooks stand in their jobs' rows, and those that are due in an index of their own. */
final class PostgresJobWebhooks implements JobWebhooks {

    static final int AT_ONCE = 100;

    /** As the index has it. */
    static final String DUE = """
                              webhook is not null
                                  and (webhookTold is null and state in ('SUCCEEDED', 'FAILED', 'DELETED')
                                      or webhookTold = 'FAILED' and state = 'SUCCEEDED')
                              """;

    private static final Logger LOG = LoggerFactory.getLogger(PostgresJobWebhooks.class);

    private final EnqueueTransaction callers;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final JobQueue queue;
    private final String jobs;

    /**
     * @param queue
     *            on the engine's own connections, as this looks by them
     */
    PostgresJobWebhooks(DataSource application, DataSource engine, JobsSchema schema, JobQueue queue) {
        this.callers = new EnqueueTransaction(application);
        this.jdbc = JdbcClient.create(engine);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(engine));
        this.queue = queue;
        this.jobs = schema.prefix() + "jobrunr_jobs";
    }

    @Override
    public boolean register(UUID job, String url) {
        if (url.isEmpty() || url.length() > LONGEST) {
            throw new IllegalArgumentException("a webhook is an address of 1 to " + LONGEST + " characters");
        }
        EnqueueTransaction.requireWritable("register a webhook");
        return callers.allOrNothing(() -> callers.jdbc()
                .sql("update %s set webhook = ? where id = ? and webhook is null".formatted(jobs)).param(url)
                .param(job.toString()).update()) == 1;
    }

    /**
     * Enqueues what tells of the ends that nobody was told of; in one transaction, which passes over jobs that somebody else tells of.
     *
     * @return how many it came to; fewer than {@link #AT_ONCE} when nothing is left
     */
    int tellSome(WebhookDelivery delivery) {
        return Objects.requireNonNull(transaction.execute(_ -> {
            var due = jdbc.sql("""
                               select id, webhook, state from %s where %s order by id limit %d
                               for no key update skip locked
                               """.formatted(jobs, DUE, AT_ONCE)).query(Due::of).list();
            if (!due.isEmpty()) {
                enqueue(due.stream().flatMap(end -> news(end, delivery).stream()).toList());
                jdbc.sql("update %s set webhookTold = state where id = any (?::text[]::bpchar[])".formatted(jobs))
                        .param(due.stream().map(end -> end.job().toString()).toArray(String[]::new)).update();
            }
            return due.size();
        }));
    }

    private void enqueue(List<NewJob> all) {
        var news = new ArrayList<>(all);
        while (!news.isEmpty()) {
            try {
                queue.enqueueAllWith(news.stream());
                return;
            } catch (RefusedInBulk e) {
                // As if it had been told: it would be refused each second, and keep others waiting.
                var refused = news.remove((int) e.index());
                LOG.error("what tells of the end of a job ({}) cannot be enqueued ({}); it is not told",
                        refused.options().labels(), e.getCause() == null ? e : e.getCause().getClass().getName());
            }
        }
    }

    private Optional<NewJob> news(Due due, WebhookDelivery delivery) {
        return queue.find(due.job()).flatMap(ended -> delivered(ended, due.webhook(), delivery))
                .map(news -> new NewJob(news, EnqueueOptions.DEFAULTS.withLabels(List.of("job:" + due.job()))));
    }

    /** Whatever it throws is of this one end alone; what the database throws is not caught here. */
    private static Optional<Job<?>> delivered(JobStatus ended, String webhook, WebhookDelivery delivery) {
        try {
            return Optional.of(delivery.of(ended, webhook));
        } catch (RuntimeException e) {
            LOG.error("of the end of job {} nothing can be told ({}); it is not told", ended.id(), e.toString());
            return Optional.empty();
        }
    }

    private record Due(UUID job, String webhook) {

        static Due of(ResultSet row, int number) throws SQLException {
            return new Due(UUID.fromString(row.getString("id")), row.getString("webhook"));
        }
    }
}
