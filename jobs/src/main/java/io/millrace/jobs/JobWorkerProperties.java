package io.millrace.jobs;

import java.time.Duration;
import java.util.Set;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of a process that runs jobs.
 *
 * @param enabled
 *            whether this process runs jobs at all; one that only enqueues does not
 * @param name
 *            how operators see it in the dashboard; empty: host name and process id
 * @param version
 *            how operators see the version of the application it runs; empty: that of its build ({@code META-INF/build-info.properties}, or
 *            the manifest of the jar that was started)
 * @param queues
 *            the queues it takes jobs from, each as {@code name} or, with how many of its jobs it runs at once,
 *            {@code name=cap}; empty: all
 * @param concurrency
 *            how many jobs it runs at once, each on a virtual thread. Each may need a database connection; tens of thousands are for
 *            jobs that only wait for something else, which cost nothing meanwhile
 * @param pollInterval
 *            how often it looks for work unasked, which is how long a lost wake-up can delay a job, and writes the progress of
 *            running jobs that are JobRunr's own; it allows no less than 5 s. That it lives, it says each second ({@link Heartbeat})
 * @param stopTimeout
 *            how long running jobs may take to finish when the process stops; a second before its end, or at half of it if that is
 *            later, they are interrupted, and what is left at its end goes back into the queue, without an attempt used
 * @param deleteSucceededAfter
 *            how long succeeded jobs stay in the dashboard's list
 * @param purgeDeletedAfter
 *            how long deleted jobs stay after that
 * @param autoStart
 *            whether it begins to run jobs when the process has started; tests that run jobs themselves turn it off, and have the
 *            handlers all the same
 * @param stuckAfter
 *            how long all of its runs may be silent, while others wait for their slots, until the worker says that it is stuck
 *            ({@link WorkerLoad.Stuck#RUNS_ARE_SILENT}): longer than the longest job takes that tells of no progress
 */
@Validated
@ConfigurationProperties("millrace.jobs.worker")
record JobWorkerProperties(@DefaultValue("false") boolean enabled, @DefaultValue("") @Size(max = 128) String name,
        @DefaultValue("") @Size(max = 128) String version,
        @DefaultValue Set<String> queues, @DefaultValue("16") @Min(1) @Max(100_000) int concurrency,
        @DefaultValue("PT5S") @NotNull @DurationMin(seconds = 5) Duration pollInterval,
        @DefaultValue("PT20S") @NotNull @DurationMin(seconds = 0) Duration stopTimeout,
        @DefaultValue("PT36H") @NotNull Duration deleteSucceededAfter,
        @DefaultValue("PT72H") @NotNull Duration purgeDeletedAfter,
        @DefaultValue("true") boolean autoStart,
        @DefaultValue("PT15M") @NotNull @DurationMin(seconds = 1) Duration stuckAfter) {
}
