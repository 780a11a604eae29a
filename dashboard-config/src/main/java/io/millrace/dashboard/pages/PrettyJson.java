package io.millrace.dashboard.pages;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

import io.millrace.jobs.json.StrictValues;

/** JSON in lines, as people read it; what is none stays as it is. */
final class PrettyJson {

    private static final JsonMapper JSON = mapper();

    private PrettyJson() {
    }

    static String of(String json) {
        if (StrictValues.findHugeNumber(json).isPresent()) {
            return json;
        }
        try {
            return JSON.writeValueAsString(JSON.readTree(json));
        } catch (JacksonException e) {
            return json;
        }
    }

    private static JsonMapper mapper() {
        var mapper = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT);
        StrictValues.teach(mapper);
        return mapper.build();
    }
}
