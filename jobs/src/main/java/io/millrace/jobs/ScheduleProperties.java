package io.millrace.jobs;

import java.time.Duration;
import jakarta.validation.constraints.NotNull;

import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of recurring jobs, the same in every worker.
 *
 * @param missedAfter
 *            how late a run may be and still is one; what is later was missed ({@link ScheduleOptions.MissedRuns})
 */
@Validated
@ConfigurationProperties("millrace.jobs.schedules")
record ScheduleProperties(@DefaultValue("PT1M") @NotNull @DurationMin(seconds = 1) Duration missedAfter) {
}
