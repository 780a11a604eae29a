package io.millrace.dashboard.audit;

import java.time.Duration;
import jakarta.validation.constraints.NotNull;

import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the audit log is kept.
 *
 * @param retention
 *            how long a row stays
 */
@Validated
@ConfigurationProperties("millrace.dashboard.audit")
record AuditSettings(@DefaultValue("400d") @NotNull @DurationMin(days = 1) Duration retention) {
}
