package io.millrace.api.users;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.JsonNode;

import io.millrace.api.ApiUnderTest;
import io.millrace.core.cache.CacheResult;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Profiles are cached as the JSON itself, which nobody reads: after an update a process would answer what the one
 * before it cached, for as long as it is kept, unless the version was raised with the shape.
 */
final class CachedProfileShapeTest {

    private final ApiUnderTest api = ApiUnderTest.shared();

    @Test
    void isThatOfTheVersionUnderWhichItIsCached() throws Exception {
        int version = UserProfileAnswers.class.getMethod("find", UUID.class).getAnnotation(CacheResult.class).version();
        var file = new ClassPathResource("cached-answers/user-profile.v" + version + ".txt");

        String shape = String.join("\n", shape("", completeProfile()).sorted().distinct().toList()) + "\n";

        assertThat(shape)
                .as("The shape of a cached profile changed: raise the version of @CacheResult in UserProfileAnswers and"
                        + " add the new shape as api/src/test/resources/cached-answers/user-profile.v<version>.txt."
                        + " The file of a version that was released stays as it is; this is %s.", file.getPath())
                .isEqualTo(file.exists() ? file.getContentAsString(StandardCharsets.UTF_8) : "no such file");
    }

    /** With something in each of its places. */
    private JsonNode completeProfile() {
        String user = api.post("/users", "{\"email\": \"%s@example.com\", \"fullName\": \"Ada\"}"
                .formatted(UUID.randomUUID())).header("Location");
        api.patch(user, "{\"bio\": \"Hello\", \"timezone\": \"Europe/London\"}");
        api.post("/posts", "{\"userId\": \"%s\", \"title\": \"T\", \"body\": \"B\", \"tags\": [\"news\"]}"
                .formatted(user.substring("/users/".length())));
        return api.get(user + "/profile").json();
    }

    /** A line for each value: where it is, and of which type. */
    private static Stream<String> shape(String path, JsonNode node) {
        if (node.isObject()) {
            return node.properties().stream()
                    .flatMap(one -> shape(path.isEmpty() ? one.getKey() : path + "." + one.getKey(), one.getValue()));
        }
        if (node.isArray()) {
            return node.values().stream().flatMap(one -> shape(path + "[]", one));
        }
        return Stream.of(path + " " + node.getNodeType());
    }
}
