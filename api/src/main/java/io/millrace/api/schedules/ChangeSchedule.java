package io.millrace.api.schedules;

import java.util.function.Supplier;

import org.springframework.stereotype.Component;

import io.millrace.api.http.Caller;
import io.millrace.api.http.ProblemException;
import io.millrace.api.jobs.AllowedJobs;
import io.millrace.api.jobs.JobLimits;
import io.millrace.api.jobs.Refusal;
import io.millrace.jobs.JobSchedules;
import io.millrace.jobs.StoredSchedule;

/** Stores and runs schedules as callers from outside describe them, and says in the caller's terms why it cannot. */
@Component
final class ChangeSchedule {

    private final AllowedJobs allowed;
    private final JobSchedules schedules;
    private final JobLimits limits;

    ChangeSchedule(AllowedJobs allowed, JobSchedules schedules, JobLimits limits) {
        this.allowed = allowed;
        this.schedules = schedules;
        this.limits = limits;
    }

    /**
     * Whether the caller's key is for what the schedule queues; one that is not there is refused elsewhere. Another operator's change
     * in between is not seen.
     *
     * @throws ProblemException
     *             403 of kind {@code job-not-allowed}
     */
    void check(String id, Caller caller) {
        if (caller.isRestricted()) {
            schedules.find(id).ifPresent(stored -> allowed.check(caller, stored));
        }
    }

    StoredSchedule put(String id, WantedSchedule wanted, Caller caller) {
        limits.check(wanted);
        allowed.check(caller, wanted.type(), wanted.queue());
        check(id, caller);
        return explained(() -> schedules.put(id, wanted.type(), wanted.payload().toString(), wanted.options(caller)));
    }

    QueuedRun run(String id, Caller caller) {
        check(id, caller);
        return explained(() -> schedules.runNow(id).map(QueuedRun::new)
                .orElseThrow(ScheduleController::noSuchSchedule));
    }

    private static <T> T explained(Supplier<T> change) {
        try {
            return change.get();
        } catch (IllegalArgumentException e) {
            throw Refusal.of(e).problem();
        }
    }
}
