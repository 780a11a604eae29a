package io.millrace.jobs.meters;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.millrace.jobs.JobEvents.Outcome;
import io.millrace.jobs.JobQueue;
import io.millrace.jobs.sample.ShipOrder;
import io.millrace.jobs.sample.ShopApplication;
import io.millrace.testkit.TestPostgres;

import static org.assertj.core.api.Assertions.assertThat;

/** What Prometheus reads of the jobs of a process. */
class JobMetersTest {

    private static final Logger LOG = LoggerFactory.getLogger(JobMetersTest.class);
    private static final Pattern LABEL = Pattern.compile("[a-z_]+=\"([^\"]*)\"");

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JobMeters meters = new JobMeters(registry, Map.of("send-mail", "mail", "resize", "files"), null);

    @Test
    void showEnqueuedJobsOfKnownTypesFromTheStart() {
        assertThat(registry.scrape()).contains("millrace_jobs_enqueued_total{queue=\"mail\",type=\"send-mail\"} 0.0",
                "millrace_jobs_enqueued_total{queue=\"files\",type=\"resize\"} 0.0");
    }

    @Test
    void showWhatHappensByTypeAndQueue() {
        meters.enqueued("send-mail", "mail", 7);
        meters.started("send-mail", "mail", Duration.ofMillis(20));
        meters.ended("send-mail", "mail", Outcome.RETRIED, Duration.ofMillis(300));
        meters.crashed("resize", "aside", 2);
        meters.timedOut("resize", "aside");
        meters.fetched(16, Duration.ofMillis(3));
        meters.committed(5, Duration.ofMillis(2));
        meters.wakeUpSent();

        assertThat(registry.scrape()).contains("millrace_jobs_enqueued_total{queue=\"mail\",type=\"send-mail\"} 7.0",
                "millrace_jobs_ended_total{outcome=\"retried\",queue=\"mail\",type=\"send-mail\"} 1.0",
                "millrace_jobs_ended_total{outcome=\"failed\",queue=\"mail\",type=\"send-mail\"} 0.0",
                "millrace_jobs_crashed_total{queue=\"aside\",type=\"resize\"} 2.0",
                "millrace_jobs_timed_out_total{queue=\"aside\",type=\"resize\"} 1.0",
                "millrace_jobs_wait_seconds_bucket{queue=\"mail\",type=\"send-mail\",le=\"0.005\"} 0",
                "millrace_jobs_wait_seconds_bucket{queue=\"mail\",type=\"send-mail\",le=\"0.025\"} 1",
                "millrace_jobs_wait_seconds_bucket{queue=\"mail\",type=\"send-mail\",le=\"3600.0\"} 1",
                "millrace_jobs_run_seconds_bucket{queue=\"mail\",type=\"send-mail\",le=\"0.25\"} 0",
                "millrace_jobs_run_seconds_count{queue=\"mail\",type=\"send-mail\"} 1",
                "millrace_jobs_fetch_seconds_count 1", "millrace_jobs_fetch_size_sum 16.0",
                "millrace_jobs_commit_seconds_bucket{le=\"0.0025\"} 1", "millrace_jobs_commit_size_sum 5.0",
                "millrace_jobs_wakeups_total{direction=\"sent\"} 1.0",
                "millrace_jobs_wakeups_total{direction=\"received\"} 0.0");
    }

    @Test
    void callATypeThatIsNotKnownUnknown() {
        meters.ended("of-a-newer-version", "mail", Outcome.FAILED, Duration.ZERO);

        assertThat(registry.scrape())
                .contains("millrace_jobs_ended_total{outcome=\"failed\",queue=\"mail\",type=\"unknown\"} 1.0")
                .doesNotContain("of-a-newer-version");
    }

    @Test
    void tellOnlySoManyQueuesApart() {
        for (int queue = 0; queue < 2 * TypesAndQueues.MOST; queue++) {
            meters.enqueued("send-mail", "queue-" + queue, 1);
        }
        meters.enqueued("resize", "files", 1);

        var series = registry.scrape().lines().filter(line -> line.startsWith("millrace_jobs_enqueued_total{"))
                .toList();

        assertThat(series).hasSize(TypesAndQueues.MOST + 1)
                .contains("millrace_jobs_enqueued_total{queue=\"files\",type=\"resize\"} 1.0")
                .anyMatch(line -> line.contains("queue=\"other\""));
    }

    /** Of a scrape is asked that it take under 10 ms; how long it takes depends on who else is at work, so it is told only. */
    @Test
    void areReadInAMomentWithFiftyTypesInFiveQueues() {
        var types = new TreeMap<String, String>();
        IntStream.range(0, 50).forEach(type -> types.put("type-" + type, "queue-" + type % 5));
        var many = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        var all = new JobMeters(many, types, null);
        for (var type : types.keySet()) {
            for (int queue = 0; queue < 5; queue++) {
                all.started(type, "queue-" + queue, Duration.ofMillis(queue));
                all.ended(type, "queue-" + queue, Outcome.SUCCEEDED, Duration.ofMillis(queue));
            }
        }
        long lines = 0;
        long best = Long.MAX_VALUE;
        for (int scrape = 0; scrape < 30; scrape++) {
            long before = System.nanoTime();
            lines = many.scrape().lines().count();
            best = Math.min(best, System.nanoTime() - before);
        }

        LOG.info("the best of 30 scrapes of {} lines took {}", lines, Duration.ofNanos(best));
        assertThat(lines).isBetween(250L * 40, 250L * 60);
    }

    @Test
    void comeWithTheEngineWhereThereIsARegistryAndNameNoJob() {
        try (var service = service("millrace.jobs.worker.queues=shipping=4,bell")) {
            var scraped = (PrometheusMeterRegistry) service.getBean(MeterRegistry.class);
            var id = service.getBean(JobQueue.class).enqueue(new ShipOrder(1, "somewhere secret"));

            Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(scraped.scrape()).contains(
                    "millrace_jobs_ended_total{outcome=\"succeeded\",queue=\"shipping\",type=\"ship-order\"} 1.0"));

            var scrape = scraped.scrape();
            assertThat(scrape).contains("millrace_worker_slots{queue=\"shipping\"} 4.0",
                    "millrace_worker_slots{queue=\"bell\"} 16.0", "millrace_worker_running{queue=\"bell\"} 0.0",
                    "millrace_worker_stuck 0.0",
                    "millrace_jobs_ended_total{outcome=\"failed\",queue=\"bell\",type=\"ring-bell\"} 0.0",
                    "millrace_jobs_enqueued_total{queue=\"upstream\",type=\"call-upstream\"} 0.0")
                    .doesNotContain("secret", id.toString(), "millrace_jobs_run_seconds_count{queue=\"upstream\"");
            assertThat(LABEL.matcher(scrape).results().map(label -> label.group(1))).allMatch(
                    value -> value.matches("[a-z][a-z0-9-]*|[a-z_]+|[0-9.]+|\\+Inf"), "is a name or a bucket");
        }
    }

    @Test
    void showTheSlotsOfAWorkerOfAllQueues() {
        try (var service = service("millrace.jobs.worker.concurrency=7")) {
            var scraped = (PrometheusMeterRegistry) service.getBean(MeterRegistry.class);

            assertThat(scraped.scrape()).contains("millrace_worker_slots{queue=\"*\"} 7.0",
                    "millrace_worker_running{queue=\"shipping\"} 0.0",
                    "millrace_jobs_run_seconds_count{queue=\"upstream\",type=\"call-upstream\"} 0");
        }
    }

    private static ConfigurableApplicationContext service(String setting) {
        return new SpringApplicationBuilder(ShopApplication.class, Prometheus.class).web(WebApplicationType.NONE)
                .properties("spring.datasource.url=" + TestPostgres.newDatabase(), "millrace.jobs.worker.enabled=true",
                        setting)
                .run();
    }

    @Configuration(proxyBeanMethods = false)
    static class Prometheus {

        @Bean
        PrometheusMeterRegistry meterRegistry() {
            return new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        }
    }
}
