package io.millrace.api.jobs;

import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import io.millrace.api.http.Caller;
import io.millrace.api.http.Needs;
import io.millrace.api.http.ProblemException;
import io.millrace.api.http.Scope;

/** Many jobs in one request, only so many requests at once. */
@RestController
final class BulkController {

    private final EnqueueBulk enqueueBulk;
    private final JobsSettings settings;
    private final Semaphore places;

    BulkController(EnqueueBulk enqueueBulk, JobsSettings settings) {
        this.enqueueBulk = enqueueBulk;
        this.settings = settings;
        this.places = new Semaphore(settings.bulksAtOnce());
    }

    /**
     * All of the body's jobs or none. No database connection is taken before the body is there as a whole, and no more than a batch
     * of its jobs is in memory at once.
     */
    @Needs(Scope.ENQUEUE)
    @PostMapping(path = "/jobs/bulk", consumes = {MediaType.APPLICATION_NDJSON_VALUE,
            MediaType.APPLICATION_JSON_VALUE}, produces = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.ACCEPTED)
    QueuedJobs enqueue(HttpServletRequest request, Caller caller) throws IOException {
        if (request.getHeader(IdempotencyKeyHeader.NAME) != null) {
            // A caller that repeats itself because it trusts in the header must not queue the jobs twice.
            throw ProblemException.invalid(IdempotencyKeyHeader.NAME,
                    "is for single jobs; leave it out, or send the jobs one by one");
        }
        boolean isArray = MediaType.APPLICATION_JSON
                .isCompatibleWith(MediaType.parseMediaType(request.getContentType()));
        if (!places.tryAcquire()) {
            throw ProblemException.unavailable("As many bulks as may be are under way.", settings.retryAfter());
        }
        try (var body = SpooledBody.of(request, settings.maxBulkBody().toBytes())) {
            return new QueuedJobs(enqueueBulk.enqueue(body, isArray, caller));
        } finally {
            places.release();
        }
    }

    /** The jobs' ids, in the order of the body. */
    record QueuedJobs(List<UUID> ids) {
    }
}
