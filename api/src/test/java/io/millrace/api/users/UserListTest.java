package io.millrace.api.users;

import java.util.List;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

import io.millrace.api.ApiUnderTest;
import io.millrace.api.ApiUnderTest.Answer;
import io.millrace.testkit.RecordedStatement;
import io.millrace.testkit.RecordingDriver;
import io.millrace.testkit.StatementRecorder;
import io.millrace.testkit.TestPostgres;

import static org.assertj.core.api.Assertions.assertThat;

/** Statements are counted below the connection pool of the running API. */
final class UserListTest {

    private static final Pattern DOMAIN = Pattern.compile("\\b(user|post|comment|tag)");
    private static final StatementRecorder RECORDER = StatementRecorder.of(TestPostgres.newDatabase());
    private static final ApiUnderTest API = ApiUnderTest.startOn(RECORDER.jdbcUrl(),
            "spring.datasource.driver-class-name=" + RecordingDriver.class.getName());

    @AfterAll
    static void stop() {
        API.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 100})
    void answersPostsAndCommentsOfAPageInThreeStatements(int size) {
        fill(100);

        List<RecordedStatement> statements = statements("/users?include=posts&limit=" + size);

        assertThat(statements).hasSize(3);
        JsonNode page = API.get("/users?include=posts&limit=" + size).json();
        assertThat(page.path("data").size()).isEqualTo(size);
        assertThat(page.path("data").values()).allSatisfy(user -> {
            assertThat(user.propertyNames()).containsExactly("id", "email", "fullName", "createdAt", "version",
                    "posts");
            assertThat(user.path("posts").size()).isEqualTo(2);
            assertThat(user.path("posts").path(0).propertyNames()).containsExactly("id", "userId", "title", "body",
                    "tags", "createdAt", "comments");
            assertThat(user.path("posts").path(0).path("comments").size()).isEqualTo(2);
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 100})
    void answersUsersAlonePostsAndProfilesWithoutNPlusOne(int size) {
        fill(100);
        String id = API.get("/users?limit=1").json().path("data").path(0).path("id").asString();

        assertThat(statements("/users?limit=" + size)).hasSize(1);
        assertThat(statements("/posts?limit=" + size)).hasSize(1);
        assertThat(statements("/users/" + id + "/profile")).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "comments", "posts,comments", "Posts", "posts&include=posts"})
    void namesAnIncludeThatIsNone(String include) {
        Answer answer = API.get("/users?include=" + include);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.errorFields()).containsExactly("include");
    }

    @Test
    void answersWhatASingleUserIsAnsweredAs() {
        fill(1);
        JsonNode user = API.get("/users").json().path("data").path(0);

        assertThat(API.get("/users/" + user.path("id").asString()).json()).isEqualTo(user);
    }

    /** Those that concern users and what they wrote; what the process does in the background stays out of it. */
    private static List<RecordedStatement> statements(String path) {
        return RECORDER.during(() -> assertThat(API.get(path).status()).isEqualTo(200)).stream()
                .filter(statement -> DOMAIN.matcher(statement.sql()).find()).toList();
    }

    private static void fill(int users) {
        var jdbc = API.bean(JdbcClient.class);
        jdbc.sql("delete from users").update();
        jdbc.sql("""
                 with writers as (
                     insert into users (id, email, full_name)
                     select uuidv7(), i || '@example.com', 'Ada' from generate_series(1, :users) as i
                     returning id
                 ), written as (
                     insert into posts (id, user_id, title, body)
                     select uuidv7(), id, 'Title', 'Body' from writers, generate_series(1, 2)
                     returning id, user_id
                 )
                 insert into comments (id, post_id, user_id, body)
                 select uuidv7(), id, user_id, 'Comment' from written, generate_series(1, 2)
                 """).param("users", users).update();
    }
}
