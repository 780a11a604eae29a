package io.millrace.benchmarks.constant;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

import io.millrace.core.content.Post;
import io.millrace.core.users.User;
import io.millrace.core.users.UserProfile;
import io.millrace.core.users.UserSettings;

/** Answers a profile of the size of the others, without any cache: once as an object to be written, once as ready bytes. */
@RestController
public final class ConstantController {

    private static final UserProfile PROFILE = profile();

    private final byte[] bytes;

    ConstantController(JsonMapper json) {
        this.bytes = json.writeValueAsBytes(PROFILE);
    }

    @GetMapping(path = "/constant/object", produces = MediaType.APPLICATION_JSON_VALUE)
    UserProfile object() {
        return PROFILE;
    }

    /** With the same work before it: a path with an id in it has to be taken apart. */
    @GetMapping(path = "/constant/{id}/object", produces = MediaType.APPLICATION_JSON_VALUE)
    UserProfile objectOf(@PathVariable UUID id) {
        return PROFILE;
    }

    @GetMapping("/constant/bytes")
    ResponseEntity<byte[]> bytes() {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(bytes);
    }

    private static UserProfile profile() {
        var id = UUID.fromString("01989b7e-5d3a-7c41-9f02-3b6a1e8d4c55");
        var created = Instant.parse("2026-01-03T04:05:06.123456Z");
        var user = new User(id, "user12345@example.com", "Ada Lovelace 12345", created, 1);
        var about = new UserProfile.About("Writes about mills, races and the water between them.", "Europe/Zurich");
        List<Post> posts = IntStream.range(0, 5)
                .mapToObj(
                        i -> new Post(id, id, "Post " + i + " of user 12345", "The mill race carries water. ".repeat(7),
                                List.of("water", "mills"), created.plusMillis(i)))
                .toList();
        return new UserProfile(user, about, new UserSettings("en", false), posts);
    }
}
