package io.millrace.api.jobs;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

import io.millrace.api.http.Needs;
import io.millrace.api.http.ProblemException;
import io.millrace.api.http.Scope;
import io.millrace.jobs.JobNews;
import io.millrace.jobs.JobPosition;
import io.millrace.jobs.JobWatch;

/** Jobs as streams of events, only so many at once. */
@RestController
final class JobEventsController {

    static final String LAST_EVENT_ID = "Last-Event-ID";

    /** Of a job that a client knows already, there may be nothing to begin with. */
    private static final Duration FIRST_NEWS = Duration.ofSeconds(1);
    private static final Duration FIRST_LOOK = Duration.ofSeconds(5);

    private final JobEvents events;
    private final JobWatch watch;
    private final FollowSettings settings;
    private final Semaphore places;

    JobEventsController(JobEvents events, JobWatch watch, FollowSettings settings) {
        this.events = events;
        this.watch = watch;
        this.settings = settings;
        this.places = new Semaphore(settings.streams());
    }

    /**
     * Events {@code state}, {@code progress}, {@code log} and {@code gap} until the job has ended. With {@code Last-Event-ID} what is
     * behind that event, on whatever node it came from; 204, which tells a browser not to come back, where nothing is and
     * nothing will be. An id that is none of ours counts as none.
     */
    @Needs(Scope.READ)
    @GetMapping(path = "/jobs/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    void events(@PathVariable UUID id, @RequestHeader(name = LAST_EVENT_ID, required = false) @Nullable String last,
            HttpServletRequest request, HttpServletResponse response) throws IOException, InterruptedException {
        if (!places.tryAcquire()) {
            throw ProblemException.unavailable("As many streams of events as may be are open.", settings.retryAfter());
        }
        try {
            var since = Optional.ofNullable(last).flatMap(JobPosition::parse).orElse(JobPosition.START);
            boolean isNew = since.equals(JobPosition.START);
            var first = watch.awaitNews(id, since, isNew ? FIRST_LOOK : FIRST_NEWS)
                    .orElseThrow(JobController::noSuchJob);
            if (isNew && first.events().isEmpty()) {
                // There always is a state.
                throw ProblemException.unavailable("Jobs cannot be looked at in time.", settings.retryAfter());
            }
            if (first.ended() && first.events().isEmpty()) {
                response.setStatus(HttpStatus.NO_CONTENT.value());
            } else {
                stream(id, first, request, response);
            }
        } finally {
            places.release();
        }
    }

    private void stream(UUID id, JobNews first, HttpServletRequest request, HttpServletResponse response)
            throws IOException, InterruptedException {
        response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
        response.setCharacterEncoding("UTF-8");
        response.setHeader(HttpHeaders.CACHE_CONTROL, CacheControl.noStore().getHeaderValue());
        // nginx would collect some kilobytes before it passes them on.
        response.setHeader("X-Accel-Buffering", "no");
        if (!HttpMethod.HEAD.matches(request.getMethod())) {
            events.write(id, first, response.getOutputStream());
        }
    }

    int open() {
        return settings.streams() - places.availablePermits();
    }
}
