package io.millrace.core.users;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.millrace.core.Domain;
import io.millrace.core.content.Comment;
import io.millrace.core.content.Comments;
import io.millrace.core.content.Post;
import io.millrace.core.content.Posts;
import io.millrace.core.paging.Cursor;
import io.millrace.testkit.RecordedStatement;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

/** No N+1, and nothing loaded that is not answered: counted between the code and Postgres. */
final class EagerLoadingTest {

    private static final Domain DOMAIN = Domain.onNewDatabase();

    private final Users users = DOMAIN.bean(Users.class);
    private final Posts posts = DOMAIN.bean(Posts.class);
    private final Comments comments = DOMAIN.bean(Comments.class);
    private final PostsOfUsers postsOfUsers = DOMAIN.bean(PostsOfUsers.class);
    private final UserProfiles profiles = DOMAIN.bean(UserProfiles.class);

    @BeforeEach
    void empty() {
        DOMAIN.jdbc().sql("delete from users").update();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 100})
    void loadsUsersWithPostsAndCommentsInThreeStatements(int size) {
        for (int i = 0; i < size; i++) {
            writePosts(DOMAIN.newUser(), 2, 3);
        }
        List<UserWithPosts> loaded = new ArrayList<>();

        List<RecordedStatement> statements = DOMAIN.recorder()
                .during(() -> loaded.addAll(postsOfUsers.addTo(users.list(Cursor.START, 100).rows())));

        assertThat(statements).hasSize(3).extracting(RecordedStatement::rows).containsExactly(size, size * 2,
                size * 2 * 3);
        assertThat(loaded).hasSize(size).allSatisfy(user -> assertThat(user.posts()).hasSize(2)
                .allSatisfy(post -> assertThat(post.comments()).hasSize(3)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 100})
    void loadsAProfileInTwoStatements(int written) {
        UUID id = DOMAIN.newUser();
        writePosts(id, written, 0);
        List<UserProfile> loaded = new ArrayList<>();

        List<RecordedStatement> statements = DOMAIN.recorder()
                .during(() -> loaded.add(requireNonNull(profiles.find(id))));

        int answered = Math.min(written, UserProfiles.POSTS);
        assertThat(statements).hasSize(2).extracting(RecordedStatement::rows).containsExactly(1, answered);
        assertThat(loaded.getFirst().posts()).hasSize(answered)
                .allSatisfy(post -> assertThat(post.tags()).containsExactly("news", "life"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 100})
    void listsPostsWithTheirTagsInOneStatement(int size) {
        writePosts(DOMAIN.newUser(), size, 0);

        assertThat(DOMAIN.recorder().during(() -> posts.list(Cursor.START, 100))).singleElement()
                .extracting(RecordedStatement::rows).isEqualTo(size);
    }

    @Test
    void readsOneRowMoreThanItAnswersAtMost() {
        writePosts(DOMAIN.newUser(), 30, 0);

        assertThat(DOMAIN.recorder().during(() -> posts.list(Cursor.START, 7))).singleElement()
                .extracting(RecordedStatement::rows).isEqualTo(8);
    }

    @Test
    void boundsThePostsOfAUserAndTheCommentsOnAPostWhereTheyAreRead() {
        UUID busy = DOMAIN.newUser();
        writePosts(busy, PostsOfUsers.POSTS + 5, 0);
        Post newest = posts.list(Cursor.START, 1).rows().getFirst();
        for (int i = 0; i < PostsOfUsers.COMMENTS + 5; i++) {
            comments.insert(newest.id(), busy, "Comment");
        }
        List<User> page = users.list(Cursor.START, 100).rows();

        assertThat(DOMAIN.recorder().during(() -> postsOfUsers.addTo(page))).extracting(RecordedStatement::rows)
                .containsExactly(PostsOfUsers.POSTS, PostsOfUsers.COMMENTS);
    }

    @Test
    void selectsNoColumnThatIsNotAnswered() {
        UUID id = DOMAIN.newUser();
        writePosts(id, 1, 1);

        var listing = DOMAIN.recorder().during(() -> postsOfUsers.addTo(users.list(Cursor.START, 1).rows()));
        var profile = DOMAIN.recorder().during(() -> profiles.find(id));
        var latest = DOMAIN.recorder().during(() -> posts.list(Cursor.START, 1));

        assertThat(listing).extracting(statement -> statement.columns().stream().sorted().toList())
                .containsExactly(columnsOf(User.class), columnsOf(Post.class), columnsOf(Comment.class));
        assertThat(profile).extracting(statement -> statement.columns().stream().sorted().toList()).containsExactly(
                columnsOf(User.class, UserProfile.About.class, UserSettings.class), columnsOf(Post.class));
        assertThat(latest.getFirst().columns()).containsExactlyInAnyOrderElementsOf(columnsOf(Post.class));
    }

    @Test
    void asksForNothingWhereThereIsNobody() {
        assertThat(postsOfUsers.addTo(users.list(Cursor.START, 1).rows())).isEmpty();
    }

    private void writePosts(UUID writer, int count, int commentsEach) {
        for (int i = 0; i < count; i++) {
            UUID post = posts.insert(writer, "Title", "Body", List.of("news", "life")).id();
            IntStream.range(0, commentsEach).forEach(_ -> comments.insert(post, writer, "Comment"));
        }
    }

    private static List<String> columnsOf(Class<?>... records) {
        return Stream.of(records).flatMap(type -> Stream.of(type.getRecordComponents()))
                .map(RecordComponent::getName)
                .map(name -> name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT)).sorted().toList();
    }
}
