package io.millrace.api.jobs;

import java.io.IOException;
import java.io.OutputStream;
import java.util.UUID;

import org.springframework.stereotype.Component;

import io.millrace.jobs.JobNews;
import io.millrace.jobs.JobWatch;

/**
 * Follows one job for one client until it ends. A page of news is read, written and forgotten before the next is asked for, so a client
 * that is slow holds no more than that, and one that has gone is noticed at the next write.
 */
@Component
final class JobEvents {

    private final JobWatch watch;
    private final EventFormat format;
    private final FollowSettings settings;

    JobEvents(JobWatch watch, EventFormat format, FollowSettings settings) {
        this.watch = watch;
        this.format = format;
        this.settings = settings;
    }

    /**
     * Writes {@code first} and all that comes behind it. Returns when the job has ended, or the process stops: the client then goes on
     * elsewhere.
     *
     * @throws IOException
     *             if the client has gone, or does not read for longer than the connector allows
     */
    void write(UUID id, JobNews first, OutputStream client) throws IOException, InterruptedException {
        format.begin(client);
        var news = first;
        while (true) {
            for (var event : news.events()) {
                format.write(event, client);
            }
            if (news.events().isEmpty()) {
                format.beat(client);
            }
            client.flush();
            if (news.ended() || watch.isOver()) {
                return;
            }
            var next = watch.awaitNews(id, news.position(), settings.heartbeat());
            if (next.isEmpty()) {
                return;
            }
            news = next.get();
        }
    }
}
