package io.millrace.jobs;

import java.time.Instant;
import java.util.List;

/**
 * What is new of a job, in the order in which it is to be told: of one that has ended, the state comes last.
 *
 * @param position
 *            where it stands after all of them
 * @param ended
 *            whether the job has ended and all of it is told by then
 */
public record JobNews(List<Event> events, JobPosition position, boolean ended) {

    public JobNews {
        events = List.copyOf(events);
    }

    /** Nothing new. */
    static JobNews none(JobPosition position) {
        return new JobNews(List.of(), position, false);
    }

    /** One of them. */
    public sealed interface Event {

        /** Who has heard of it, and of all before it, goes on from here. */
        JobPosition position();
    }

    /** It has another state, or has been changed otherwise. */
    public record StateChanged(JobPosition position, JobStatus job) implements Event {
    }

    /** How far it says it is. */
    public record Progressed(JobPosition position, JobStatus.Progress progress) implements Event {
    }

    /**
     * A line of its log.
     *
     * @param run
     *            of the job's runs, a later one has a greater number
     * @param line
     *            its number in that run, from 1
     * @param at
     *            when it was said
     */
    public record Logged(JobPosition position, int run, int line, Instant at, String text) implements Event {
    }

    /**
     * Lines of a run that are not kept any more, or never were.
     *
     * @param lines
     *            how many
     */
    public record LinesMissing(JobPosition position, int run, int lines) implements Event {
    }
}
