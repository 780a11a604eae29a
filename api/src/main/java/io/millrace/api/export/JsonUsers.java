package io.millrace.api.export;

import java.io.OutputStream;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.util.MinimalPrettyPrinter;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/** Users as one JSON array or as NDJSON. */
final class JsonUsers implements UserWriter {

    private static final MinimalPrettyPrinter LINES = new MinimalPrettyPrinter("\n");

    private final JsonGenerator json;
    private final boolean array;
    private boolean any;

    private JsonUsers(ObjectWriter writer, OutputStream out, boolean array) {
        this.json = writer.createGenerator(out);
        this.array = array;
    }

    static JsonUsers array(JsonMapper mapper, OutputStream out) {
        return new JsonUsers(mapper.writer(), out, true);
    }

    static JsonUsers lines(JsonMapper mapper, OutputStream out) {
        return new JsonUsers(mapper.writer().with(LINES), out, false);
    }

    @Override
    public void begin() {
        if (array) {
            json.writeStartArray();
        }
    }

    @Override
    public void user(ExportedUser user) {
        any = true;
        json.writeStartObject();
        json.writeStringProperty("id", user.id().toString());
        json.writeStringProperty("email", user.email());
        json.writeStringProperty("fullName", user.fullName());
        json.writeStringProperty("createdAt", user.createdAtText());
        json.writeEndObject();
    }

    @Override
    public void end() {
        if (array) {
            json.writeEndArray();
        }
        if (array || any) {
            json.writeRaw('\n');
        }
    }

    @Override
    public void flush() {
        json.flush();
    }
}
