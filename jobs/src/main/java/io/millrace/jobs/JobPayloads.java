package io.millrace.jobs;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;

import io.millrace.jobs.InvalidPayload.Violation;
import io.millrace.jobs.json.JsonPath;
import io.millrace.jobs.json.StrictValues;

/**
 * Payloads and results as JSON. Reading is strict: an unknown field, a null for a primitive, a number where a text
 * belongs, a duplicate key or a NUL character is an {@link InvalidPayload}, never a silent guess. Times are written with
 * microseconds.
 */
public final class JobPayloads {

    private static final JsonMapper JSON = json();

    /** Of the JSON of a checkpoint, or of an effect's value. */
    private static final int LARGEST = 1024 * 1024;

    private static final String TOO_LONG_AN_EXPONENT = "must not have an exponent of more than four digits";
    private static final String UNSTORABLE = "must not contain a NUL character or half a surrogate pair";

    private final Validator validator;

    /** Payloads whose constraints {@code validator} checks. */
    public JobPayloads(Validator validator) {
        this.validator = validator;
    }

    /** A payload or a result as JSON; {@code null} becomes the JSON null. */
    public String write(@Nullable Object value) {
        return JSON.writeValueAsString(value);
    }

    /**
     * A result back from its JSON.
     *
     * @throws JacksonException
     *             if it does not fit {@code type}
     */
    public <T> T readResult(String json, Class<T> type) {
        return JSON.readValue(json, type);
    }

    /**
     * A checkpoint as JSON.
     *
     * @throws IllegalArgumentException
     *             if that is larger than 1 MB
     */
    public String writeCheckpoint(UUID job, Object value) {
        return checkSize("the checkpoint of job " + job, write(value));
    }

    private static String checkSize(String what, String json) {
        int bytes = json.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > LARGEST) {
            throw new IllegalArgumentException(
                    "%s is %d bytes of JSON, more than %d".formatted(what, bytes, LARGEST));
        }
        return json;
    }

    /**
     * A checkpoint back from its JSON.
     *
     * @throws IllegalStateException
     *             if it does not fit {@code type}; the message names the field, and repeats nothing of what was saved
     */
    public <T> T readCheckpoint(UUID job, String json, Class<T> type) {
        return readBack("the checkpoint of job " + job, json, type);
    }

    /**
     * What an effect came to as JSON.
     *
     * @throws IllegalArgumentException
     *             if Jackson cannot write it, Postgres cannot store it, or its JSON is larger than 1 MB
     */
    public String writeEffect(UUID job, String name, Object value) {
        var what = valueOf(job, name);
        String json;
        try {
            json = write(value);
        } catch (JacksonException e) { // without it as the cause, whose message may repeat the value
            throw new IllegalArgumentException("%s cannot be written as JSON: %s at '%s'".formatted(what,
                    e.getClass().getSimpleName(), JsonPath.of(e)));
        }
        if (!StrictValues.isStorable(json)) {
            throw new IllegalArgumentException(what + " " + UNSTORABLE);
        }
        return checkSize(what, json);
    }

    /**
     * What an effect came to back from its JSON.
     *
     * @throws IllegalStateException
     *             if it does not fit {@code type}; the message names the field, and repeats nothing of what was stored
     */
    public <T> T readEffect(UUID job, String name, String json, Class<T> type) {
        return readBack(valueOf(job, name), json, type);
    }

    private static String valueOf(UUID job, String name) {
        return "the value of effect '%s' of job %s".formatted(name, job);
    }

    private static <T> T readBack(String what, String json, Class<T> type) {
        try {
            return JSON.readValue(json, type);
        } catch (JacksonException e) { // without the cause, as above
            throw new IllegalStateException("%s does not fit %s: %s at '%s'".formatted(what, type.getSimpleName(),
                    e.getClass().getSimpleName(), JsonPath.of(e)));
        }
    }

    /**
     * The payload in {@code json}, its constraints checked.
     *
     * @param type
     *            the job type's name, for the message
     * @throws InvalidPayload
     *             if the JSON does not fit {@code payloadType}
     */
    public <J> J read(String type, String json, Class<J> payloadType) {
        rejectHugeNumbers(type, json);
        if (!isObjectOfStorableTexts(json)) {
            checkTree(type, json);
        }
        J payload;
        try {
            payload = JSON.readValue(json, payloadType);
        } catch (JacksonException e) {
            // One that is no JSON is said to be that, wherever it stops to be, before what does not fit.
            checkTree(type, json);
            throw new InvalidPayload(type, List.of(violation(e)));
        }
        check(type, payload);
        return payload;
    }

    /** A payload as JSON that {@link #read} reads; an {@link InvalidPayload} where a number's exponent is too long then. */
    String writePayload(String type, Object payload) {
        var json = write(payload);
        rejectHugeNumbers(type, json);
        return json;
    }

    private static void rejectHugeNumbers(String type, String json) {
        StrictValues.findHugeNumber(json).ifPresent(path -> {
            throw new InvalidPayload(type, List.of(new Violation(path, TOO_LONG_AN_EXPONENT)));
        });
    }

    /** Whether that is to be seen at once: it is if no text in it is written by numbers of characters. */
    private static boolean isObjectOfStorableTexts(String json) {
        return json.startsWith("{") && !json.contains("\\u") && StrictValues.isStorable(json);
    }

    private static void checkTree(String type, String json) {
        JsonNode tree;
        try {
            tree = JSON.readTree(json);
        } catch (JacksonException e) {
            throw new InvalidPayload(type, List.of(violation(e)));
        }
        if (!tree.isObject()) {
            throw new InvalidPayload(type, List.of(new Violation("", "must be a JSON object")));
        }
        rejectUnstorableTexts(type, "", tree);
    }

    /**
     * Checks the constraints of a payload.
     *
     * @throws InvalidPayload
     *             if one does not hold
     */
    public void check(String type, Object payload) {
        Set<ConstraintViolation<Object>> found = validator.validate(payload);
        if (!found.isEmpty()) {
            throw new InvalidPayload(type, found.stream()
                    .map(broken -> new Violation(broken.getPropertyPath().toString(), broken.getMessage()))
                    .sorted((a, b) -> a.field().compareTo(b.field())).collect(Collectors.toList()));
        }
    }

    private static JsonMapper json() {
        var json = JsonMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                        DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).disable(MapperFeature.ALLOW_COERCION_OF_SCALARS);
        StrictValues.teach(json);
        return json.build();
    }

    /** Wherever they stand: a map's key or a free-form value is bound to no text of the record. */
    private static void rejectUnstorableTexts(String type, String path, JsonNode node) {
        if (node.isString() && !StrictValues.isStorable(node.stringValue())) {
            throw new InvalidPayload(type, List.of(new Violation(path, UNSTORABLE)));
        }
        node.forEachEntry((name, child) -> {
            if (!StrictValues.isStorable(name)) {
                throw new InvalidPayload(type, List.of(new Violation(path, "has a field whose name " + UNSTORABLE)));
            }
            rejectUnstorableTexts(type, path.isEmpty() ? name : path + "." + name, child);
        });
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            rejectUnstorableTexts(type, path + "[" + i + "]", node.get(i));
        }
    }

    private static Violation violation(JacksonException problem) {
        String field = problem instanceof DatabindException ? JsonPath.of(problem) : "";
        return switch (problem) {
            case UnrecognizedPropertyException unknown ->
                new Violation(field, "is not a field of this payload; known are " + unknown.getKnownPropertyIds());
            case MismatchedInputException mismatch when mismatch.getTargetType() != null ->
                new Violation(field, "must be of type " + mismatch.getTargetType().getSimpleName());
            case DatabindException other -> new Violation(field, "does not fit");
            default -> new Violation("", "is not JSON" + place(problem.getLocation()));
        };
    }

    /** Instead of the parser's own message, which repeats what was sent. */
    private static String place(@Nullable TokenStreamLocation location) {
        return location == null ? "" : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
    }
}
