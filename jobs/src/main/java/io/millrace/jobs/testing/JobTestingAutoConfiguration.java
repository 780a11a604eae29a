package io.millrace.jobs.testing;

import java.time.Clock;
import javax.sql.DataSource;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

import io.millrace.jobs.JobsAutoConfiguration;
import io.millrace.jobs.RunWaitingJobs;
import io.millrace.jobs.UncommittedJobs;

/** The test kit's beans, for tests alone: nothing brings them but {@link AutoConfigureJobTesting}, or naming this class. */
@AutoConfiguration(before = JobsAutoConfiguration.class)
public class JobTestingAutoConfiguration {

    @Bean
    EnqueuedJobs enqueuedJobs(UncommittedJobs uncommitted) {
        return new EnqueuedJobs(uncommitted);
    }

    @Bean
    DrainQueue drainQueue(ObjectProvider<RunWaitingJobs> runs) {
        return new DrainQueue(runs);
    }

    @Bean
    @ConditionalOnMissingBean(Clock.class)
    SettableClock settableClock(DataSource dataSource, @Qualifier(JobsAutoConfiguration.ENGINE) DataSource engine) {
        return new SettableClock(Clock.systemUTC(), dataSource, engine);
    }
}
