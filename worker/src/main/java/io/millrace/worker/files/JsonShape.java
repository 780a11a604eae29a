package io.millrace.worker.files;

import java.io.IOException;
import java.io.StringReader;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/** Tells an array of objects, any other JSON document, and a file with an object a line from each other. */
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
        } catch (StreamConstraintsException e) {
            // It does not say where it stopped: deep within the array, or within what may be the first of many lines.
            return array;
        } catch (JacksonException e) {
            return !sample.whole() && e.getLocation().getCharOffset() >= text.length();
        }
    }

    /**
     * Whether the sample is one JSON array, or the beginning of one, and most of the first {@value #LINES} elements are
     * objects; or it has none.
     */
    boolean isArrayOfObjects(Sample sample) throws IOException {
        if (!sample.text().stripLeading().startsWith("[")) {
            return false;
        }
        var elements = new JsonElements(new StringReader(sample.text()));
        var record = new JsonRecord();
        int found = 0;
        int objects = 0;
        while (found < LINES && elements.advance()) {
            if (elements.isRest()) {
                return false;
            }
            if (elements.isUnusable() && elements.isLast() && !sample.whole()) {
                // It goes on behind the sample.
                return found == 0 ? beginsObject(elements) : 2 * objects >= found;
            }
            if (!elements.isBlank()) {
                found++;
                objects += isObject(elements, record) ? 1 : 0;
            }
        }
        return 2 * objects >= found;
    }

    private static boolean isObject(TextPieces piece, JsonRecord record) {
        return !piece.isUnusable() && record.read(piece.buffer(), piece.start(), piece.end());
    }

    private static boolean beginsObject(TextPieces piece) {
        int size = piece.end() - piece.start();
        return new String(piece.buffer(), piece.start(), size).stripLeading().startsWith("{");
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
