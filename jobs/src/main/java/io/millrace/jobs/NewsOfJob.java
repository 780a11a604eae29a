package io.millrace.jobs;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.millrace.jobs.JobNews.LinesMissing;
import io.millrace.jobs.JobNews.Logged;
import io.millrace.jobs.JobNews.Progressed;
import io.millrace.jobs.JobNews.StateChanged;
import io.millrace.jobs.WatchedJobs.Now;

/** Puts what is new of a job into its order, each with the position behind it. */
final class NewsOfJob {

    private final List<JobNews.Event> events = new ArrayList<>();
    private JobPosition position;

    NewsOfJob(JobPosition since) {
        this.position = since;
    }

    /** A state that nothing follows comes last, and not before all lines are told. */
    JobNews of(Now now, JobPosition.@Nullable Told said, WatchedTraces.Page page) {
        boolean ended = now.state().isFinal() && !page.isFull();
        if (!now.state().isFinal()) {
            addState(now, said);
        }
        page.lines().forEach(this::addLine);
        if (said != null && !position.tells(said.run(), said.progress())) {
            position = position.withProgress(said.run(), said.progress());
            events.add(new Progressed(position, said.progress()));
        }
        if (ended) {
            addState(now, said);
        }
        return new JobNews(events, position, ended);
    }

    private void addState(Now now, JobPosition.@Nullable Told said) {
        if (now.changed() != null) {
            position = position.withVersion(now.version());
            events.add(new StateChanged(position, with(now.changed(), said)));
        }
    }

    private static JobStatus with(JobStatus status, JobPosition.@Nullable Told said) {
        return said == null
                ? status
                : new JobStatus(status.id(), status.type(), status.queue(), status.priority(), status.state(),
                        status.attempt(), status.maxAttempts(), status.createdAt(), status.scheduledAt(),
                        status.startedAt(), status.finishedAt(), said.progress(), status.error(), status.labels(),
                        status.enqueuedBy());
    }

    private void addLine(WatchedTraces.Line line) {
        int missing = line.number() - position.lineOf(line.run()) - 1;
        if (missing > 0) {
            position = position.withLine(line.run(), line.number() - 1);
            events.add(new LinesMissing(position, line.run(), missing));
        }
        position = position.withLine(line.run(), line.number());
        events.add(new Logged(position, line.run(), line.number(), line.saidAt(), line.text()));
    }
}
