package io.millrace.api.jobs;

import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import io.millrace.api.http.Caller;
import io.millrace.api.http.Needs;
import io.millrace.api.http.PlainBody;
import io.millrace.api.http.ProblemException;
import io.millrace.api.http.Scope;

/** Many jobs in one request. Only so many requests come in at once, and only so many of those are queued at once. */
@RestController
final class BulkController {

    private final EnqueueBulk enqueueBulk;
    private final Spool spool;
    private final JobsSettings settings;
    private final ReceivingSettings receiving;
    private final Semaphore comingIn;
    private final Semaphore places;

    BulkController(EnqueueBulk enqueueBulk, Spool spool, JobsSettings settings, ReceivingSettings receiving) {
        this.enqueueBulk = enqueueBulk;
        this.spool = spool;
        this.settings = settings;
        this.receiving = receiving;
        this.comingIn = new Semaphore(receiving.bulksAtOnce());
        this.places = new Semaphore(settings.bulksAtOnce(), true);
    }

    /**
     * All of the body's jobs or none. Neither a database connection nor a place among those that are queued is taken before the
     * body is there as a whole, and no more than a batch of its jobs is in memory at once.
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
        PlainBody.require(request.getHeader(HttpHeaders.CONTENT_ENCODING));
        boolean isArray = MediaType.APPLICATION_JSON
                .isCompatibleWith(MediaType.parseMediaType(request.getContentType()));
        if (!comingIn.tryAcquire()) {
            throw tooMany();
        }
        try (var body = spool.receive(request.getInputStream(), request.getContentLengthLong())) {
            awaitPlace();
            try {
                return new QueuedJobs(enqueueBulk.enqueue(body, isArray, caller));
            } finally {
                places.release();
            }
        } finally {
            comingIn.release();
        }
    }

    private void awaitPlace() {
        try {
            if (!places.tryAcquire(receiving.longestWait().toMillis(), TimeUnit.MILLISECONDS)) {
                throw tooMany();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw tooMany();
        }
    }

    private ProblemException tooMany() {
        return ProblemException.overloaded("As many bulks as may be are under way; nothing was queued.",
                settings.retryAfter());
    }

    /** The jobs' ids, in the order of the body. */
    record QueuedJobs(List<UUID> ids) {
    }
}
