package io.millrace.api.openapi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import io.millrace.api.ApiUnderTest;

import static org.assertj.core.api.Assertions.assertThat;

/** The document is what the code is, and says all that a client needs. */
final class OpenApiDocumentTest {

    private static final OpenApi GENERATED = OpenApi.of(ApiUnderTest.shared());
    private static final JsonNode DOCUMENT = GENERATED.document();

    @Test
    void isCheckedInAsTheCodeIs() {
        if (Boolean.getBoolean("openapi.write")) {
            CheckedIn.DOCUMENT.write(GENERATED.text());
        }

        assertThat(CheckedIn.DOCUMENT.text())
                .as("the API has changed: write the document anew, and read the difference before you commit it:"
                        + " mvn -pl api -am test -Dtest=OpenApiDocumentTest -Dsurefire.failIfNoSpecifiedTests=false"
                        + " -Dopenapi.write=true")
                .isEqualTo(GENERATED.text());
    }

    @Test
    void isTheSameEachTime() {
        assertThat(OpenApi.of(ApiUnderTest.shared()).text()).isEqualTo(GENERATED.text());
    }

    @Test
    void lacksNothing() {
        assertThat(Stream.of(GENERATED.gaps(), Completeness.gaps(DOCUMENT)).flatMap(List::stream))
                .as("texts and examples stand in api/src/test/resources/openapi, one file a tag; an operation is named as in"
                        + " GET /users/{id}, a schema as its class")
                .isEmpty();
    }

    /** The list says what to do about each. */
    @Test
    void knowsTheProblemsOfTheList() throws IOException {
        String list = Files.readString(Path.of("../docs/problems.md"));

        assertThat(Pattern.compile("^\\| `(/problems/[a-z-]+)` ", Pattern.MULTILINE).matcher(list).results()
                .map(kind -> kind.group(1)))
                .containsExactlyInAnyOrderElementsOf(DOCUMENT.at("/components/schemas/Problem/properties/type/enum")
                        .valueStream().map(JsonNode::asString).toList());
    }

    @Test
    void givesExamplesThatFitTheirSchemas() {
        var schemas = DocumentSchemas.closed(DOCUMENT);
        List<String> wrong = new ArrayList<>();
        DOCUMENT.path("paths").properties().forEach(path -> path.getValue().forEach(operation -> {
            operation.path("parameters").valueStream().filter(parameter -> parameter.has("example"))
                    .forEach(parameter -> schemas.violations(parameter.path("schema"), parameter.path("example"))
                            .forEach(violation -> wrong.add(path.getKey() + " " + violation)));
            Stream.concat(Stream.of(operation.path("requestBody")), operation.path("responses").valueStream())
                    .flatMap(body -> resolve(body).path("content").valueStream())
                    .forEach(media -> examples(media).flatMap(
                            example -> schemas.violations(media.path("schema"), example).stream())
                            .forEach(violation -> wrong.add(path.getKey() + " " + violation)));
        }));

        assertThat(wrong).isEmpty();
    }

    private static Stream<JsonNode> examples(JsonNode media) {
        return media.has("example")
                ? Stream.of(media.path("example"))
                : media.path("examples").valueStream().map(example -> example.path("value"));
    }

    private static JsonNode resolve(JsonNode node) {
        return node.has("$ref") ? DOCUMENT.at(node.path("$ref").asString().substring(1)) : node;
    }
}
