package io.millrace.client;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.millrace.client.EventLines.Event;

import static org.assertj.core.api.Assertions.assertThat;

/** The rules of the HTML standard, 9.2.6. */
class EventLinesTest {

    @Test
    void joinsLinesOfDataAndKeepsTheLastId() {
        assertThat(read("id: 1", "event: add", "data: a", "data:  b", "data", "", "data:c", ""))
                .containsExactly(new Event("1", "add", "a\n b\n", null), new Event("1", "", "c", null));
    }

    @Test
    void takesWhenToComeBack() {
        assertThat(read("retry: 2000", "", "retry: soon", "data: a", "")).containsExactly(
                new Event(null, "", "", 2000L), new Event(null, "", "a", 2000L));
    }

    @Test
    void passesOverCommentsMarksAndWhatItDoesNotKnow() {
        assertThat(read("\uFEFFdata: a", ": here", "colour: red", "id: a\0b", ""))
                .containsExactly(new Event(null, "", "a", null));
    }

    @Test
    void leavesOutAnEventThatIsCutOff() {
        assertThat(read("data: a", "", "data: b")).hasSize(1);
    }

    private static List<Event> read(String... lines) {
        var events = new ArrayList<Event>();
        var reader = new EventLines(events::add);
        for (var line : lines) {
            reader.onNext(line);
        }
        return events;
    }
}
