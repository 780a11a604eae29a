package io.millrace.benchmarks.pages;

import java.sql.DriverManager;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

import org.jobrunr.jobs.states.StateName;
import org.jobrunr.spring.autoconfigure.JobRunrAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.millrace.jobs.JobFilter;
import io.millrace.jobs.JobListing;
import io.millrace.jobs.JobQueues;
import io.millrace.jobs.JobStatus;
import io.millrace.jobs.JobStories;
import io.millrace.jobs.JobsAutoConfiguration;
import io.millrace.jobs.QueueStatus;
import io.millrace.testkit.TestPostgres;

import static org.assertj.core.api.Assertions.assertThat;

/** What is measured is what an engine could have written. */
class PlatformTest {

    private static final int JOBS = 10_000;

    @Test
    void isFilledWithJobsThatTheEngineAndJobRunrCanRead() throws Exception {
        String database = TestPostgres.newDatabase();
        try (var engine = new SpringApplicationBuilder(Service.class).web(WebApplicationType.NONE)
                .properties("spring.main.banner-mode=off", "spring.config.location=optional:classpath:none/",
                        "spring.datasource.url=" + database, "millrace.jobs.packages=io.millrace.none")
                .run(); var connection = DriverManager.getConnection(database)) {
            var rows = new JobRows(connection);
            rows.fill(JOBS);
            RowsBeside.fill(rows);
            var jobRunr = new JobRunrsPages(TestPostgres.dataSource(database));
            jobRunr.fill(rows);

            var listing = engine.getBean(JobListing.class);
            var stories = engine.getBean(JobStories.class);
            for (var state : JobStatus.State.values()) {
                assertThat(listing.page(JobFilter.ALL.withState(state), null, 10).jobs()).as(state.name()).hasSize(10)
                        .allSatisfy(job -> {
                            assertThat(job.state()).isEqualTo(state);
                            assertThat(stories.find(job.id()).orElseThrow().unreadable()).isNull();
                        });
                jobRunr.list(StateName.valueOf(state.name()), "updatedAt:DESC", 0);
            }
            assertThat(listing.page(JobFilter.ALL.withError("order 4711"), null, 100).jobs()).isNotEmpty()
                    .allSatisfy(job -> assertThat(job.error()).isNotNull());
            assertThat(engine.getBean(JobQueues.class).status().stream().mapToLong(QueueStatus::failed).sum())
                    .isEqualTo(count(engine.getBean(DataSource.class)));
            assertThat(AskedPages.of(rows, jobRunr)).allSatisfy(page -> assertThat(page.paths()).isNotEmpty());
            jobRunr.find(UUID.fromString(rows.texts("select id from millrace_jobs.jobrunr_jobs limit 1").getFirst()));
        }
    }

    private static long count(DataSource database) {
        return JdbcClient.create(database)
                .sql("select count(*) from millrace_jobs.jobrunr_jobs where state = 'FAILED'").query(Long.class)
                .single();
    }

    @Test
    void takesSizesFromItsArguments() {
        assertThat(PageSizes.of(List.of("pages", "pages.jobs=200000", "pages.requests=7")))
                .isEqualTo(new PageSizes(200_000, PageSizes.DEFAULTS.few(), 7));
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({DataSourceAutoConfiguration.class, DataSourceTransactionManagerAutoConfiguration.class,
            TransactionAutoConfiguration.class, ValidationAutoConfiguration.class, JacksonAutoConfiguration.class,
            JobsAutoConfiguration.class, JobRunrAutoConfiguration.class})
    static class Service {
    }
}
