package io.millrace.worker.mail;

import java.util.stream.Stream;

/** Letters that say little. */
final class Letters {

    private Letters() {
    }

    static Letter to(String... addresses) {
        return new Letter(Stream.of(addresses).map(address -> Recipient.of(address, null)).toList(), "Lunch?",
                "At noon.", null);
    }
}
