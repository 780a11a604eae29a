package io.millrace.api.jobs;

import java.util.Arrays;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import io.millrace.api.http.Needs;
import io.millrace.api.http.ProblemException;
import io.millrace.api.http.Scope;
import io.millrace.api.paging.PageRequest;
import io.millrace.api.paging.Paging;
import io.millrace.core.paging.Cursor;
import io.millrace.core.paging.Listing;
import io.millrace.core.paging.Page;
import io.millrace.jobs.JobFilter;
import io.millrace.jobs.JobListing;
import io.millrace.jobs.JobPage;
import io.millrace.jobs.JobStatus;

/** All jobs, newest first, without their results. */
@RestController
final class JobListController {

    /** Of types, queues and labels alike: what none of them can be is a mistake. */
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}:._/-]{1,80}");

    private final JobListing jobs;
    private final Paging paging;

    JobListController(JobListing jobs, Paging paging) {
        this.jobs = jobs;
        this.paging = paging;
    }

    /** A page may have fewer jobs than asked for, or none, and go on all the same: see {@link JobListing}. */
    @Needs(Scope.READ)
    @GetMapping(path = "/jobs", produces = MediaType.APPLICATION_JSON_VALUE)
    Page<JobView> list(@RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable String type,
            @RequestParam(required = false) @Nullable String queue,
            @RequestParam(required = false) @Nullable String label,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String cursor) {
        var filter = JobFilter.ALL.withState(state(state)).withType(name("type", type)).withQueue(name("queue", queue))
                .withLabel(name("label", label));
        PageRequest request = paging.read(listing(filter), limit, cursor);
        JobPage page = jobs.page(filter, place(request.after()), request.limit());
        return paging.answer(request, page.jobs().stream().map(job -> JobView.of(job, null)).toList(),
                cursor(page.next()));
    }

    private static JobStatus.@Nullable State state(@Nullable String state) {
        try {
            return state == null ? null : JobStatus.State.valueOf(state);
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid("state", "must be one of " + Arrays.stream(JobStatus.State.values())
                    .map(JobStatus.State::name).collect(Collectors.joining(", ")));
        }
    }

    static @Nullable String name(String field, @Nullable String name) {
        if (name != null && !NAME.matcher(name).matches()) {
            throw ProblemException.invalid(field, "must be the name of one");
        }
        return name;
    }

    /** No name has a line break. */
    private static Listing listing(JobFilter filter) {
        return new Listing("jobs", Stream.of(filter.state(), filter.type(), filter.queue(), filter.label())
                .map(part -> part == null ? "" : part.toString()).collect(Collectors.joining("\n")));
    }

    private static JobPage.@Nullable Place place(Cursor after) {
        return after.equals(Cursor.START)
                ? null
                : new JobPage.Place(after.createdAt(), UUID.fromString(after.id()));
    }

    private static @Nullable Cursor cursor(JobPage.@Nullable Place next) {
        return next == null ? null : new Cursor(next.createdAt(), next.id().toString());
    }
}
