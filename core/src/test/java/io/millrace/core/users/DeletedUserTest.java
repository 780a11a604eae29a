package io.millrace.core.users;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import io.millrace.core.Domain;
import io.millrace.core.content.Comments;
import io.millrace.core.content.Posts;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

final class DeletedUserTest {

    private final Domain domain = Domain.onNewDatabase();
    private final Users users = domain.bean(Users.class);
    private final Posts posts = domain.bean(Posts.class);
    private final Comments comments = domain.bean(Comments.class);

    @Test
    void leavesNothingOfTheUserAndAllOfTheOthers() {
        UUID gone = domain.newUser();
        UUID other = domain.newUser();
        users.update(gone, new UserUpdate(null, null, Change.to("Bye"), Change.none(), "de", null, null));
        UUID goingPost = posts.insert(gone, "Going", "Body", List.of("news")).id();
        UUID stayingPost = posts.insert(other, "Staying", "Body", List.of("news")).id();
        comments.insert(goingPost, other, "goes with the post");
        comments.insert(stayingPost, gone, "goes with the user");
        comments.insert(stayingPost, other, "stays");

        assertThat(users.delete(gone)).isTrue();

        assertThat(rows()).isEqualTo(Map.of("users", 1L, "user_profiles", 0L, "user_settings", 0L, "posts", 1L,
                "post_tags", 1L, "comments", 1L));
        assertThat(posts.newestOf(List.of(other), 9)).containsOnlyKeys(other);
        assertThat(comments.newestOn(List.of(stayingPost), 9).get(stayingPost)).hasSize(1);
    }

    private Map<String, Long> rows() {
        return List.of("users", "user_profiles", "user_settings", "posts", "post_tags", "comments").stream()
                .collect(toMap(table -> table, table -> domain.jdbc().sql("select count(*) from " + table)
                        .query(Long.class).single()));
    }
}
