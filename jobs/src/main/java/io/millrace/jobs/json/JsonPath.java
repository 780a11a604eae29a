package io.millrace.jobs.json;

import tools.jackson.core.JacksonException;

/** Where in a document something is wrong, as a caller would write it: {@code items[2].name}. */
public final class JsonPath {

    private JsonPath() {
    }

    /** Of what could not be read; empty for the document as a whole. */
    public static String of(JacksonException problem) {
        var path = new StringBuilder();
        for (JacksonException.Reference step : problem.getPath()) {
            if (step.getPropertyName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
            }
        }
        return path.toString();
    }
}
