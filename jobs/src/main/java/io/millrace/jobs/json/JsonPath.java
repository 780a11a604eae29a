package io.millrace.jobs.json;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonPointer;

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

    /** The same of a place that a reader has come to. */
    static String of(JsonPointer place) {
        var path = new StringBuilder();
        for (var step = place; !step.matches(); step = step.tail()) {
            if (step.mayMatchElement()) {
                path.append('[').append(step.getMatchingIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getMatchingProperty());
            }
        }
        return path.toString();
    }
}
