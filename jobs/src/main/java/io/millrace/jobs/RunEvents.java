package io.millrace.jobs;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

import org.jobrunr.jobs.Job;
import org.jobrunr.jobs.states.ScheduledState;

import io.millrace.jobs.JobEvents.Outcome;

/** What is told of one run: that it began, and what it came to. Of one that did not begin, nothing. */
final class RunEvents {

    private final TellEvents events;
    private final InstantSource databaseClock;
    private final EnqueuedJob enqueued;
    private volatile boolean hasBegun;
    /** By System.nanoTime; the handler's end is zero until it has returned. */
    private volatile long began;
    private volatile long handlerEnded;

    RunEvents(TellEvents events, InstantSource databaseClock, EnqueuedJob enqueued) {
        this.events = events;
        this.databaseClock = databaseClock;
        this.enqueued = enqueued;
    }

    /** Before its handler is called. */
    void begins(Job job) {
        if (events.areHeard()) {
            events.started(enqueued.type(), enqueued.queue(), waited(job, databaseClock.instant()));
            began = System.nanoTime();
            hasBegun = true;
        }
    }

    /** What follows is to save what it came to. */
    void handlerHasEnded() {
        handlerEnded = System.nanoTime();
    }

    /** Once that is committed. */
    void ended(Outcome outcome) {
        if (hasBegun) {
            long until = handlerEnded == 0 ? System.nanoTime() : handlerEnded;
            events.ended(enqueued.type(), enqueued.queue(), outcome, Duration.ofNanos(until - began));
        }
    }

    /** Once a failed run has been saved as its job stands now. */
    void failed(Job saved) {
        ended(switch (saved.getState()) {
            case FAILED -> Outcome.FAILED;
            case DELETED -> Outcome.CANCELLED;
            default -> Outcome.RETRIED;
        });
    }

    /**
     * How long a job waited that has been taken, by its history: since it was due, or put into the queue if that was later.
     *
     * @param now
     *            the database's time
     */
    static Duration waited(Job taken, Instant now) {
        var waiting = taken.getJobState(-2);
        var before = taken.getJobState(-3);
        if (waiting == null) {
            return Duration.ZERO;
        }
        var since = waiting.getCreatedAt();
        if (before instanceof ScheduledState scheduled) {
            // That it was put into the queue some time after it was due was a part of its wait, unless somebody did so before.
            since = scheduled.getScheduledAt().isAfter(now)
                    ? since
                    : later(scheduled.getScheduledAt(), scheduled.getCreatedAt());
        } else if (before != null) {
            // One whose worker died has its old place, and has not waited since.
            since = later(since, before.getCreatedAt());
        }
        return since.isBefore(now) ? Duration.between(since, now) : Duration.ZERO;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
