package io.millrace.api.schedules;

import java.util.List;
import java.util.function.Supplier;

import org.springframework.stereotype.Component;

import io.millrace.api.http.Caller;
import io.millrace.api.http.FieldError;
import io.millrace.api.http.ProblemException;
import io.millrace.api.jobs.AllowedJobs;
import io.millrace.jobs.InvalidEnqueueOption;
import io.millrace.jobs.InvalidPayload;
import io.millrace.jobs.InvalidSchedule;
import io.millrace.jobs.JobSchedules;
import io.millrace.jobs.StoredSchedule;
import io.millrace.jobs.UnknownJobType;

/** Stores and runs schedules as callers from outside describe them, and says in the caller's terms why it cannot. */
@Component
final class ChangeSchedule {

    private final AllowedJobs allowed;
    private final JobSchedules schedules;

    ChangeSchedule(AllowedJobs allowed, JobSchedules schedules) {
        this.allowed = allowed;
        this.schedules = schedules;
    }

    StoredSchedule put(String id, WantedSchedule wanted, Caller caller) {
        allowed.check(caller, wanted.type(), wanted.queue());
        return explained(() -> schedules.put(id, wanted.type(), wanted.payload().toString(), wanted.options(caller)));
    }

    QueuedRun run(String id) {
        return explained(() -> schedules.runNow(id).map(QueuedRun::new)
                .orElseThrow(ScheduleController::noSuchSchedule));
    }

    private static <T> T explained(Supplier<T> change) {
        try {
            return change.get();
        } catch (UnknownJobType e) {
            throw ProblemException.unprocessable("unknown-job-type", "There is no such job type",
                    List.of(new FieldError("type", "is not a known job type")));
        } catch (InvalidPayload e) {
            throw ProblemException.unprocessable("invalid-payload", "The payload does not fit its job type",
                    e.violations().stream().map(ChangeSchedule::fieldError).toList());
        } catch (InvalidSchedule e) {
            throw ProblemException.invalid(e.field(), e.remedy());
        } catch (InvalidEnqueueOption e) {
            throw ProblemException.invalid(e.field(), e.remedy());
        }
    }

    private static FieldError fieldError(InvalidPayload.Violation violation) {
        return new FieldError(violation.field().isEmpty() ? "payload" : "payload." + violation.field(),
                violation.message());
    }
}
