package io.millrace.api.jobs;

import java.time.Duration;
import java.util.List;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;

import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import io.millrace.api.http.Needs;
import io.millrace.api.http.ProblemException;
import io.millrace.api.http.Scope;
import io.millrace.jobs.InvalidEnqueueOption;
import io.millrace.jobs.JobQueues;
import io.millrace.jobs.QueueRate;
import io.millrace.jobs.QueueStatus;

/** Queues as operators see and steer them. */
@RestController
@RequestMapping(path = "/queues", produces = MediaType.APPLICATION_JSON_VALUE)
final class QueueController {

    private final JobQueues queues;
    private final QueueBoard board;

    QueueController(JobQueues queues, QueueBoard board) {
        this.queues = queues;
        this.board = board;
    }

    /** Those of the known job types, and all others in which something is or that are held up; by name. */
    @Needs(Scope.READ)
    @GetMapping
    List<QueueView> all() {
        return board.look().stream().map(QueueView::of).toList();
    }

    @Needs(Scope.READ)
    @GetMapping("/{name}")
    QueueView one(@PathVariable String name) {
        return board.look().stream().filter(queue -> queue.name().equals(name)).findFirst().map(QueueView::of)
                .orElseThrow(() -> ProblemException.notFound("No queue of this name has jobs, or is held up."));
    }

    /** Also of a queue that nobody has used yet. */
    @Needs(Scope.OPERATE)
    @PostMapping("/{name}/pause")
    QueueView pause(@PathVariable String name) {
        return changed(name, () -> queues.pause(name));
    }

    @Needs(Scope.OPERATE)
    @PostMapping("/{name}/resume")
    QueueView resume(@PathVariable String name) {
        return changed(name, () -> queues.resume(name));
    }

    /** In place of the rate it had. */
    @Needs(Scope.OPERATE)
    @PutMapping(path = "/{name}/rate", consumes = MediaType.APPLICATION_JSON_VALUE)
    QueueView limitRate(@PathVariable String name, @Valid @RequestBody WantedRate rate) {
        return changed(name, () -> queues.limitRate(name, rate.jobs, rate.per));
    }

    /** Nothing happens if it has none. */
    @Needs(Scope.OPERATE)
    // Without content there is nothing to accept.
    @DeleteMapping(path = "/{name}/rate", produces = MediaType.ALL_VALUE)
    ResponseEntity<Void> unlimitRate(@PathVariable String name) {
        changed(name, () -> queues.unlimitRate(name));
        return ResponseEntity.noContent().build();
    }

    private QueueView changed(String name, Runnable change) {
        try {
            change.run();
        } catch (InvalidEnqueueOption e) {
            throw ProblemException.invalid(e.field(), e.remedy());
        }
        return QueueView.of(board.changed(name));
    }

    /** The body of {@code PUT /queues/{name}/rate}: at most so many jobs start in any time that long. */
    record WantedRate(@NotNull(message = "is missing") Integer jobs, @NotNull(message = "is missing") Duration per) {
    }

    /** A queue as callers see it. Fields without a value are null. */
    record QueueView(String name, boolean paused, @Nullable QueueRate rate, long enqueued, long processing,
            long scheduled, long failed, @Nullable Duration oldestEnqueuedAge, long processedPerMinute,
            long enqueuedPerMinute) {

        static QueueView of(QueueStatus queue) {
            return new QueueView(queue.name(), queue.paused(), queue.rate(), queue.enqueued(), queue.processing(),
                    queue.scheduled(), queue.failed(), queue.oldestEnqueuedAge(), queue.processedPerMinute(),
                    queue.enqueuedPerMinute());
        }
    }
}
