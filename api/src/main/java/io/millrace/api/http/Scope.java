package io.millrace.api.http;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a key lets its holder do. None includes another. */
public enum Scope {

    /** Add and change users, content, files and jobs. */
    @JsonProperty("enqueue")
    ENQUEUE,

    /** Read everything that is not about keys. */
    @JsonProperty("read")
    READ,

    /** Keys, queues, schedules, the cache, and many jobs at once. Who may make keys may do everything by way of one. */
    @JsonProperty("operate")
    OPERATE;

    /** As in JSON and in the database. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** By its {@link #text()}. */
    public static Optional<Scope> of(String text) {
        return Arrays.stream(values()).filter(scope -> scope.text().equals(text)).findFirst();
    }
}
