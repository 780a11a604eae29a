package io.millrace.jobs;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.io.JsonStringEncoder;

import io.millrace.jobs.json.InstantText;

/** JSON, field by field at the end of one text: a fraction of a generator's cost for what is a few hundred characters. */
record StoredText(StringBuilder json) {

    StoredText raw(String text) {
        json.append(text);
        return this;
    }

    StoredText text(String name, @Nullable String value) {
        if (value != null) {
            name(name);
            quoted(value);
        }
        return this;
    }

    StoredText number(String name, long value) {
        name(name);
        json.append(value);
        return this;
    }

    StoredText time(String name, @Nullable Instant value) {
        if (value != null) {
            name(name);
            json.append('"').append(InstantText.of(value)).append('"');
        }
        return this;
    }

    /** In seconds, with nine digits after the point; negative where two nodes' clocks differ. */
    StoredText seconds(String name, Duration value) {
        name(name);
        var size = value.abs();
        json.append(value.isNegative() ? "-" : "").append(size.getSeconds()).append('.');
        String nanos = Integer.toString(size.getNano());
        json.repeat('0', 9 - nanos.length()).append(nanos);
        return this;
    }

    /** With a comma before it, unless it is the first of its object. */
    StoredText name(String name) {
        if (!json.isEmpty() && json.charAt(json.length() - 1) != '{') {
            json.append(',');
        }
        json.append('"').append(name).append("\":");
        return this;
    }

    void quoted(String value) {
        json.append('"');
        JsonStringEncoder.getInstance().quoteAsString(value, json);
        json.append('"');
    }
}
