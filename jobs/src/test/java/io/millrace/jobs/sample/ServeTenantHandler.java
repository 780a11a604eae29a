package io.millrace.jobs.sample;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import org.springframework.stereotype.Component;

import io.millrace.jobs.JobExecution;
import io.millrace.jobs.JobHandler;

/** Counts how many jobs of a tenant it has at once, in all services of this process together. */
@Component
public class ServeTenantHandler implements JobHandler<ServeTenant, ServeTenant.Served> {

    private static final long SERVICE_NANOS = 3_000_000;
    private static final Map<String, AtomicInteger> AT_ONCE = new ConcurrentHashMap<>();
    private static final Map<String, Integer> MOST_AT_ONCE = new ConcurrentHashMap<>();

    @Override
    public ServeTenant.Served handle(ServeTenant job, JobExecution execution) {
        var atOnce = AT_ONCE.computeIfAbsent(job.tenant(), _ -> new AtomicInteger());
        MOST_AT_ONCE.merge(job.tenant(), atOnce.incrementAndGet(), Math::max);
        try {
            LockSupport.parkNanos(SERVICE_NANOS);
            if (job.failsAtFirst() && execution.attempt() == 1) {
                throw new IllegalStateException("not yet");
            }
            return new ServeTenant.Served(job.tenant());
        } finally {
            atOnce.decrementAndGet();
        }
    }

    /** How many jobs of the tenant there were at the busiest moment. */
    public static int mostAtOnce(String tenant) {
        return MOST_AT_ONCE.getOrDefault(tenant, 0);
    }
}
