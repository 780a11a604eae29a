package io.millrace.worker.files;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Tells one JSON document from a file with an object a line. */
final class JsonShape {

    private static final int LINES = 20;

    private final JsonFactory json;

    JsonShape(JsonFactory json) {
        this.json = json;
    }

    /** Whether the sample is one JSON array, or one object over several lines, or the beginning of such. */
    boolean isDocument(Sample sample) {
        String text = sample.text().strip();
        boolean array = text.startsWith("[");
        if (!array && !(text.startsWith("{") && text.lines().skip(1).findAny().isPresent())) {
            return false;
        }
        try (var parser = json.createParser(ObjectReadContext.empty(), text)) {
            parser.nextToken();
            parser.skipChildren();
            return parser.nextToken() == null;
        } catch (JacksonException e) {
            return !sample.whole() && e.getLocation().getCharOffset() >= text.length();
        }
    }

    /** Whether it is an object on one line. */
    boolean isSingleObject(Sample sample) {
        return sample.text().lines().filter(line -> !line.isBlank()).count() == 1 && isObject(sample.text().strip());
    }

    /** Whether there are several lines and most of the first {@value #LINES} are objects. */
    boolean isObjectPerLine(Sample sample) {
        var lines = sample.text().lines().filter(line -> !line.isBlank()).limit(LINES).toList();
        long objects = lines.stream().filter(this::isObject).count();
        return lines.size() > 1 && 2 * objects >= lines.size();
    }

    private boolean isObject(String line) {
        if (!line.stripLeading().startsWith("{")) {
            return false;
        }
        try (var parser = json.createParser(ObjectReadContext.empty(), line)) {
            return parser.nextToken() == JsonToken.START_OBJECT && parser.skipChildren().nextToken() == null;
        } catch (JacksonException e) {
            return false;
        }
    }
}
