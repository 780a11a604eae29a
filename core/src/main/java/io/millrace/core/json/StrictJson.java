package io.millrace.core.json;

import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

import io.millrace.jobs.json.StrictValues;

/** What {@code spring.jackson.*} in {@code millrace-core.yml} cannot say. */
@Component
final class StrictJson implements JsonMapperBuilderCustomizer {

    @Override
    public void customize(JsonMapper.Builder builder) {
        StrictValues.teach(builder);
    }
}
