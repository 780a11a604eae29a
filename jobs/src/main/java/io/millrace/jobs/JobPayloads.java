package io.millrace.jobs;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

import io.millrace.jobs.InvalidPayload.Violation;

/**
 * Payloads and results as JSON. Reading is strict: an unknown field, a null for a primitive, a number where a text
 * belongs, a duplicate key or a NUL character is an {@link InvalidPayload}, never a silent guess.
 */
public final class JobPayloads {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .withCoercionConfig(LogicalType.Textual,
                    text -> text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .build();

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
     * The payload in {@code json}, its constraints checked.
     *
     * @param type
     *            the job type's name, for the message
     * @throws InvalidPayload
     *             if the JSON does not fit {@code payloadType}
     */
    public <J> J read(String type, String json, Class<J> payloadType) {
        J payload;
        try {
            JsonNode tree = JSON.readTree(json);
            if (!tree.isObject()) {
                throw new InvalidPayload(type, List.of(new Violation("", "must be a JSON object")));
            }
            rejectNul(type, "", tree);
            payload = JSON.treeToValue(tree, payloadType);
        } catch (JacksonException e) {
            throw new InvalidPayload(type, List.of(violation(e)));
        }
        check(type, payload);
        return payload;
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

    private static void rejectNul(String type, String path, JsonNode node) {
        if (node.isString() && node.stringValue().indexOf('\0') >= 0) {
            throw new InvalidPayload(type, List.of(new Violation(path, "must not contain a NUL character")));
        }
        node.forEachEntry((name, child) -> rejectNul(type, path.isEmpty() ? name : path + "." + name, child));
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            rejectNul(type, path + "[" + i + "]", node.get(i));
        }
    }

    private static Violation violation(JacksonException problem) {
        String field = problem instanceof DatabindException databind ? path(databind) : "";
        return switch (problem) {
            case UnrecognizedPropertyException unknown ->
                new Violation(field, "is not a field of this payload; known are " + unknown.getKnownPropertyIds());
            case MismatchedInputException mismatch when mismatch.getTargetType() != null ->
                new Violation(field, "must be a " + mismatch.getTargetType().getSimpleName());
            case DatabindException other -> new Violation(field, "does not fit");
            default -> new Violation("", "is not JSON: " + problem.getOriginalMessage());
        };
    }

    private static String path(DatabindException problem) {
        var path = new StringBuilder();
        for (var step : problem.getPath()) {
            if (step.getPropertyName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
            }
        }
        return path.toString();
    }
}
