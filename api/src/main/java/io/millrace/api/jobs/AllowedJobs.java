package io.millrace.api.jobs;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import io.millrace.api.http.Caller;
import io.millrace.api.http.ProblemException;
import io.millrace.jobs.JobCatalog;
import io.millrace.jobs.JobStatus;
import io.millrace.jobs.JobTypeDescription;
import io.millrace.jobs.Schedule;

/** Which jobs a key may queue, end and put back: those of its types and queues. */
@Component
public final class AllowedJobs {

    private final JobCatalog catalog;

    AllowedJobs(JobCatalog catalog) {
        this.catalog = catalog;
    }

    /**
     * Of a type that nobody knows it says nothing: that is refused elsewhere.
     *
     * @param queue
     *            that was asked for; null for the type's own
     * @throws ProblemException
     *             403 of kind {@code job-not-allowed}
     */
    public void check(Caller caller, String type, @Nullable String queue) {
        catalog.find(type).ifPresent(known -> caller.checkMayEnqueue(type, queue == null ? known.queue() : queue));
    }

    /**
     * Of the jobs of a schedule that is there, also of a type that is not known here.
     *
     * @throws ProblemException
     *             403 of kind {@code job-not-allowed}
     */
    public void check(Caller caller, Schedule stored) {
        String queue = stored.options().queue();
        caller.checkMayEnqueue(stored.type(),
                queue == null ? catalog.find(stored.type()).map(JobTypeDescription::queue).orElse("") : queue);
    }

    /**
     * Of all that are of a type, of a queue or both; null is any.
     *
     * @throws ProblemException
     *             403 of kind {@code job-not-allowed}, if others could be among them
     */
    void checkAll(Caller caller, @Nullable String type, @Nullable String queue) {
        List<String> wanted = Stream.of(wanted("type", type, caller.allowedTypes()),
                wanted("queue", queue, caller.allowedQueues())).flatMap(Optional::stream).toList();
        if (!wanted.isEmpty()) {
            throw ProblemException.forbidden("job-not-allowed", "The API key does not allow this job",
                    "This key is for some jobs only: give " + String.join(" and ", wanted) + ".");
        }
    }

    private static Optional<String> wanted(String parameter, @Nullable String given, Set<String> allowed) {
        return allowed.isEmpty() || (given != null && allowed.contains(given))
                ? Optional.empty()
                : Optional.of(parameter + " (" + String.join(", ", new TreeSet<>(allowed)) + ")");
    }

    /**
     * Of one that is there.
     *
     * @throws ProblemException
     *             403 of kind {@code job-not-allowed}
     */
    void check(Caller caller, JobStatus job) {
        caller.checkMayEnqueue(job.type(), job.queue());
    }
}
