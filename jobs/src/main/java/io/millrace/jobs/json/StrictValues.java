package io.millrace.jobs.json;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.cfg.MapperBuilder;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.type.LogicalType;

/**
 * The forms that values have in JSON, the same in a request, a payload and a result: a text is a text (never a number or
 * a boolean) that Postgres can store, a decimal in a tree keeps its digits, an {@link Instant} is RFC 3339 in UTC with microseconds, a {@link Duration} is ISO
 * 8601. Whatever would have to be guessed is refused.
 */
public final class StrictValues {

    private static final Pattern MAYBE_HUGE = Pattern.compile("[0-9][eE][+-]?[0-9]{5}");
    private static final JsonFactory TOKENS = new JsonFactory();

    private StrictValues() {
    }

    /** Teaches {@code mapper} these forms. */
    public static void teach(MapperBuilder<?, ?> mapper) {
        mapper.withCoercionConfig(LogicalType.Textual,
                texts -> texts.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                        .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail));
        // A text of white space is no boolean, and not null either.
        mapper.withCoercionConfig(LogicalType.Boolean,
                booleans -> booleans.setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail)
                        .setAcceptBlankAsEmpty(false));
        // Nobody means the second of them by 1.
        mapper.enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS);
        mapper.nodeFactory(new WithEachDigit()).enable(JsonNodeFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES);
        mapper.addModule(new SimpleModule("millrace").addSerializer(Instant.class, new InstantAsText())
                .addDeserializer(Instant.class, new InstantFromText())
                .addDeserializer(Duration.class, new DurationFromText())
                .addDeserializer(String.class, new StorableText()));
    }

    /** Whether Postgres takes a text: without U+0000, and without half a surrogate pair, which no encoding can write. */
    public static boolean isStorable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean isPair = Character.isHighSurrogate(c) && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (c == 0 || (Character.isSurrogate(c) && !isPair)) {
                return false;
            }
            i += isPair ? 1 : 0;
        }
        return true;
    }

    /**
     * Where the first number stands whose exponent has five digits or more, as {@link JsonPath} says it: some of them no
     * {@link java.math.BigDecimal} can hold, and to add one to another takes all there is of memory. Empty if there is none in what of
     * {@code json} is JSON.
     */
    public static Optional<String> findHugeNumber(String json) {
        if (!MAYBE_HUGE.matcher(json).find()) {
            return Optional.empty();
        }
        try (var tokens = TOKENS.createParser(ObjectReadContext.empty(), json)) {
            for (var token = tokens.nextToken(); token != null; token = tokens.nextToken()) {
                if (token == JsonToken.VALUE_NUMBER_FLOAT && MAYBE_HUGE.matcher(tokens.getString()).find()) {
                    return Optional.of(JsonPath.of(tokens.streamReadContext().pathAsPointer()));
                }
            }
        } catch (JacksonException e) {
            // Who reads it as JSON says so.
        }
        return Optional.empty();
    }
}
