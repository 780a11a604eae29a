package io.millrace.jobs.json;

import java.time.DateTimeException;
import java.time.Duration;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;

/** ISO 8601. A bare number is refused, as {@link InstantFromText} does. */
final class DurationFromText extends StdDeserializer<Duration> {

    DurationFromText() {
        super(Duration.class);
    }

    @Override
    public @Nullable Duration deserialize(JsonParser json, DeserializationContext context) {
        if (!json.hasToken(JsonToken.VALUE_STRING)) {
            return (Duration) context.handleUnexpectedToken(Duration.class, json);
        }
        try {
            return Duration.parse(json.getString());
        } catch (DateTimeException e) {
            return (Duration) context.handleWeirdStringValue(Duration.class, json.getString(),
                    "not an ISO 8601 duration");
        }
    }
}
