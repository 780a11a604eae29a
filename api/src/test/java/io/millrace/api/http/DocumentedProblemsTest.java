package io.millrace.api.http;

import java.io.IOException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** The OpenAPI document knows every kind of problem as it is. */
final class DocumentedProblemsTest {

    @ParameterizedTest
    @EnumSource(Problem.class)
    void areInTheDocument(Problem problem) throws IOException {
        var said = problem.detail("");
        String kind = String.valueOf(said.getType()).substring("/problems/".length());
        JsonNode document = JsonMapper.shared()
                .readTree(new ClassPathResource("io/millrace/api/docs/openapi.json").getContentAsByteArray());

        JsonNode example = document.path("components").path("responses").path(kind).path("content")
                .path("application/problem+json").path("examples").path(kind).path("value");

        assertThat(example.isObject()).as("give %s a place in api/src/test/resources/openapi/common.yml", kind)
                .isTrue();
        assertThat(example.path("title").asString()).isEqualTo(said.getTitle());
        assertThat(example.path("status").asInt()).isEqualTo(said.getStatus());
    }
}
