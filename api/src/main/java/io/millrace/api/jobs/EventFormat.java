package io.millrace.api.jobs;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

import io.millrace.jobs.JobNews.Event;
import io.millrace.jobs.JobNews.LinesMissing;
import io.millrace.jobs.JobNews.Logged;
import io.millrace.jobs.JobNews.Progressed;
import io.millrace.jobs.JobNews.StateChanged;

/** Events as the HTML standard has them (9.2.6, "Interpreting an event stream"), with JSON of one line for data. */
@Component
final class EventFormat {

    /** How soon a browser comes back after a stream broke off. */
    private static final Duration COME_BACK = Duration.ofSeconds(2);

    private final JsonMapper json;

    EventFormat(JsonMapper json) {
        this.json = json;
    }

    void begin(OutputStream client) throws IOException {
        write("retry: " + COME_BACK.toMillis() + "\n\n", client);
    }

    /** A comment: whoever stands between notices that the stream lives, and we whether the client does. */
    void beat(OutputStream client) throws IOException {
        write(": still here\n\n", client);
    }

    void write(Event event, OutputStream client) throws IOException {
        write("id: " + event.position() + "\nevent: " + name(event) + "\ndata: " + json.writeValueAsString(data(event))
                + "\n\n", client);
    }

    private static String name(Event event) {
        return switch (event) {
            case StateChanged _ -> "state";
            case Progressed _ -> "progress";
            case Logged _ -> "log";
            case LinesMissing _ -> "gap";
        };
    }

    private static Object data(Event event) {
        return switch (event) {
            case StateChanged changed -> JobView.of(changed.job(), null);
            case Progressed progressed -> progressed.progress();
            case Logged logged -> new LogEvent(logged.run(), logged.line(), logged.at(), logged.text());
            case LinesMissing missing -> new GapEvent(missing.run(), missing.lines());
        };
    }

    private static void write(String text, OutputStream client) throws IOException {
        client.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
