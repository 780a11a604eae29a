package io.millrace.jobs.sample;

import io.millrace.jobs.Job;
import io.millrace.jobs.JobType;

/** Takes some milliseconds for a tenant. */
@JobType(name = "serve-tenant", queue = "tenants", maxAttempts = 3, backOff = "PT0.05S", maxBackOff = "PT0.1S")
public record ServeTenant(String tenant, boolean failsAtFirst) implements Job<ServeTenant.Served> {

    /** What the handler answers. */
    public record Served(String tenant) {
    }
}
