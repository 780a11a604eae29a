package io.millrace.worker.mail;

import java.util.List;
import java.util.stream.Stream;

/** Letters that say little. */
final class Letters {

    private Letters() {
    }

    static Letter to(String... addresses) {
        var recipients = Stream.of(addresses).map(address -> Recipient.of(address, null)).toList();
        return new Letter(new Addressees(recipients, List.of(), List.of(), null), "Lunch?", "At noon.", null, List.of(),
                List.of(), null);
    }
}
