package io.millrace.jobs;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

import io.millrace.jobs.WatchedJobs.Now;
import io.millrace.jobs.WatchedTraces.Listener;

/**
 * One look at all that is asked for, on one connection: the jobs' states first and then what their runs said, so that of one that has
 * ended nothing is missed that was written before.
 */
final class LookAtJobs {

    private final DataSource engine;
    private final WatchedJobs jobs;
    private final WatchedTraces traces;

    LookAtJobs(DataSource engine, WatchedJobs jobs, WatchedTraces traces) {
        this.engine = engine;
        this.jobs = jobs;
        this.traces = traces;
    }

    /**
     * Answers what can be answered.
     *
     * @return whether anything was
     */
    boolean at(Collection<Asked> asked) throws SQLException {
        var open = asked.stream().filter(one -> !one.isAnswered()).toList();
        if (open.isEmpty()) {
            return false;
        }
        try (var connection = engine.getConnection()) {
            // Each statement sees what was committed before it.
            connection.setAutoCommit(true);
            var found = jobs.look(connection, open.stream().map(Asked::seen).distinct().toList());
            var listening = new LinkedHashMap<Asked, Now>();
            for (var one : open) {
                answer(one, found.get(one.seen()), listening);
            }
            tell(connection, listening);
        }
        return open.stream().anyMatch(Asked::isAnswered);
    }

    private static void answer(Asked one, @Nullable Now now, Map<Asked, Now> listening) {
        if (now == null) {
            one.isGone();
        } else if (one.since() == null) {
            if (now.state().isFinal()) {
                one.hasEnded();
            }
        } else if (one.isFirstLook() || now.changed() != null || now.state() == JobStatus.State.PROCESSING
                || now.state().isFinal()) {
            // While a job waits, hardly anything is said of it; what comes late is found when its listener asks again.
            listening.put(one, now);
        }
    }

    private void tell(Connection connection, Map<Asked, Now> listening) throws SQLException {
        if (listening.isEmpty()) {
            return;
        }
        var ids = listening.keySet().stream().map(Asked::job).collect(Collectors.toSet());
        var progress = traces.progress(connection, ids);
        var listeners = new ArrayList<Listener>(listening.size());
        listening.keySet().forEach(one -> listeners.add(new Listener(one.job(), since(one))));
        var pages = traces.lines(connection, listeners).iterator();
        listening.forEach((one, now) -> tell(one, now, progress, pages.next()));
    }

    private static void tell(Asked one, Now now, Map<UUID, JobPosition.Told> progress, WatchedTraces.Page page) {
        var news = new NewsOfJob(since(one)).of(now, progress.get(one.job()), page);
        if (!news.events().isEmpty() || news.ended()) {
            one.is(news);
        }
    }

    private static JobPosition since(Asked one) {
        var since = one.since();
        return since == null ? JobPosition.START : since;
    }

    static LookAtJobs of(DataSource engine, JobStore store, JobsSchema schema) {
        return new LookAtJobs(engine, new WatchedJobs(store, schema), new WatchedTraces(schema));
    }
}
