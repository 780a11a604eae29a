package io.millrace.jobs.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.test.context.TestPropertySource;

/**
 * On a {@code @SpringBootTest}: gives it the beans {@link EnqueuedJobs}, {@link DrainQueue} and {@link SettableClock}, and the
 * service's handlers without a worker that runs them. The settable clock is the service's {@link java.time.Clock}, unless it
 * has one of its own.
 *
 * <p>
 * What it sets is {@code millrace.jobs.worker.enabled=true} and {@code millrace.jobs.worker.auto-start=false}. A test that starts
 * its service by other means sets them itself and adds {@link JobTestingAutoConfiguration} to its sources.
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ImportAutoConfiguration(JobTestingAutoConfiguration.class)
@TestPropertySource(properties = {"millrace.jobs.worker.enabled=true", "millrace.jobs.worker.auto-start=false"})
public @interface AutoConfigureJobTesting {
}
