package io.millrace.core.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Collections;
import java.util.List;

/** A stream without bytes: when a reader comes to it, something happens. */
final class Interlude extends InputStream {

    private final Event event;

    private Interlude(Event event) {
        this.event = event;
    }

    /** {@code before}, then the event, then {@code after}. */
    static InputStream between(InputStream before, Event event, InputStream after) {
        return new SequenceInputStream(Collections.enumeration(List.of(before, new Interlude(event), after)));
    }

    @Override
    public int read() throws IOException {
        event.happen();
        return -1;
    }

    @Override
    public int read(byte[] target, int start, int length) throws IOException {
        return read();
    }

    /** What happens. */
    interface Event {
        void happen() throws IOException;
    }
}
