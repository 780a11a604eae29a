package io.millrace.core.json;

import java.time.Duration;
import java.time.Instant;

import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.stereotype.Component;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.type.LogicalType;

/**
 * What {@code spring.jackson.*} in {@code millrace-core.yml} cannot say: a number or a boolean where a text is expected
 * is refused, times have one form, and a text can be stored in Postgres.
 */
@Component
final class StrictJson implements JsonMapperBuilderCustomizer {

    @Override
    public void customize(JsonMapper.Builder builder) {
        builder.withCoercionConfig(LogicalType.Textual,
                texts -> texts.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                        .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail));
        builder.addModule(new SimpleModule("millrace").addSerializer(Instant.class, new InstantAsText())
                .addDeserializer(Instant.class, new InstantFromText())
                .addDeserializer(Duration.class, new DurationFromText())
                .addDeserializer(String.class, new StorableText()));
    }
}
