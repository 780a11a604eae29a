package io.millrace.client;

import java.util.concurrent.Flow;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Makes events of the lines of a stream, as the HTML standard says (9.2.6, "Interpreting an event stream"). The next line is asked for when
 * the last one is dealt with, so that whoever takes the events sets the pace.
 */
final class EventLines implements Flow.Subscriber<String> {

    private final Consumer<Event> events;
    private final StringBuilder data = new StringBuilder();
    private String type = "";
    private @Nullable String id;
    private @Nullable Long retry;
    private boolean isFirst = true;
    private Flow.@Nullable Subscription lines;
    private volatile long heardAt = System.nanoTime();
    private volatile boolean busy;

    EventLines(Consumer<Event> events) {
        this.events = events;
    }

    /**
     * One event.
     *
     * @param id
     *            null where the stream has not said any yet
     * @param retry
     *            after how many milliseconds to come back, if the stream has said so
     */
    record Event(@Nullable String id, String type, String data, @Nullable Long retry) {
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        lines = subscription;
        subscription.request(1);
    }

    @Override
    public void onNext(String line) {
        busy = true;
        try {
            take(isFirst && line.startsWith("\uFEFF") ? line.substring(1) : line);
            isFirst = false;
        } finally {
            heardAt = System.nanoTime();
            busy = false;
        }
        if (lines != null) {
            lines.request(1);
        }
    }

    /** How long it has brought nothing, in nanoseconds; 0 while what it brought is being dealt with. */
    long silence() {
        return busy ? 0 : System.nanoTime() - heardAt;
    }

    private void take(String line) {
        if (line.isEmpty()) {
            dispatch();
            return;
        }
        int colon = line.indexOf(':');
        var field = colon < 0 ? line : line.substring(0, colon);
        var value = colon < 0 ? "" : line.substring(colon + 1);
        value = value.startsWith(" ") ? value.substring(1) : value;
        switch (field) {
            case "data" -> data.append(value).append('\n');
            case "event" -> type = value;
            case "id" -> id = value.indexOf('\0') < 0 ? value : id;
            case "retry" -> retry = value.matches("\\d{1,9}") ? Long.valueOf(value) : retry;
            default -> {
                // A comment, or nothing that we know.
            }
        }
    }

    /** Also where it says no more than when to come back. An event that the end cuts off is none. */
    private void dispatch() {
        var text = data.isEmpty() ? "" : data.substring(0, data.length() - 1);
        var event = new Event(id, type, text, retry);
        data.setLength(0);
        type = "";
        events.accept(event);
    }

    @Override
    public void onError(Throwable failure) {
        // The exchange fails with it.
    }

    @Override
    public void onComplete() {
        // The exchange completes with it.
    }
}
