package io.millrace.jobs.json;

import java.time.Instant;
import java.time.ZoneOffset;

import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ser.std.StdSerializer;

/** As {@link UtcText} says. */
final class InstantAsText extends StdSerializer<Instant> {

    InstantAsText() {
        super(Instant.class);
    }

    @Override
    public void serialize(Instant instant, JsonGenerator json, SerializationContext context) {
        json.writeString(UtcText.of(instant.atOffset(ZoneOffset.UTC)));
    }
}
