package io.millrace.core.content;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.millrace.core.Domain;
import io.millrace.core.cache.MemoryAlone;
import io.millrace.core.paging.Cursor;
import io.millrace.testkit.TestPostgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class PostsTest {

    @SuppressWarnings("NullAway.Init")
    private static Domain domain;

    @SuppressWarnings("NullAway.Init")
    private static Posts posts;

    @SuppressWarnings("NullAway.Init")
    private static Comments comments;

    @BeforeAll
    static void migrate() {
        domain = Domain.onNewDatabase();
        posts = domain.bean(Posts.class);
        comments = domain.bean(Comments.class);
    }

    @Test
    void listsWhatWasWrittenWithItsTagsInTheirOrder() {
        UUID writer = domain.newUser();
        Post first = posts.insert(writer, "First", "Body", List.of());
        Post second = posts.insert(writer, "Second", "Body", List.of("zebra", "Ant", "ant", "ölçü"));

        assertThat(second.tags()).containsExactly("zebra", "Ant", "ant", "ölçü");
        assertThat(posts.list(Cursor.START, 2).rows()).containsExactly(second, first);
        assertThat(posts.newestOf(List.of(writer), 2).get(writer)).containsExactly(second, first);
    }

    @Test
    void keepsOneRowPerTag() {
        UUID writer = domain.newUser();
        posts.insert(writer, "One", "Body", List.of("once"));
        posts.insert(writer, "Two", "Body", List.of("twice", "once"));

        assertThat(domain.jdbc().sql("select count(*) from tags where name = 'once'").query(Long.class).single())
                .isEqualTo(1);
    }

    @Test
    void writesNothingForAnUnknownUser() {
        long before = domain.jdbc().sql("select count(*) from posts").query(Long.class).single();

        assertThatThrownBy(() -> posts.insert(UUID.randomUUID(), "Title", "Body", List.of("tag")))
                .isInstanceOf(UnknownUser.class);

        assertThat(domain.jdbc().sql("select count(*) from posts").query(Long.class).single()).isEqualTo(before);
    }

    @Test
    void tellsAnUnknownPostFromAnUnknownUser() {
        UUID user = domain.newUser();
        UUID post = posts.insert(user, "Title", "Body", List.of()).id();

        assertThatThrownBy(() -> comments.insert(UUID.randomUUID(), user, "Hello")).isInstanceOf(UnknownPost.class);
        assertThatThrownBy(() -> comments.insert(post, UUID.randomUUID(), "Hello")).isInstanceOf(UnknownUser.class);
    }

    @Test
    void takesNoMoreThanTheNewestOfEach() {
        UUID busy = domain.newUser();
        UUID quiet = domain.newUser();
        UUID silent = domain.newUser();
        List<Post> written = IntStream.range(0, 5)
                .mapToObj(i -> posts.insert(busy, "Title " + i, "Body", List.of("tag"))).toList();
        Post only = posts.insert(quiet, "Only", "Body", List.of());
        List<Comment> said = IntStream.range(0, 4)
                .mapToObj(i -> comments.insert(only.id(), busy, "Comment " + i)).toList();

        var newest = posts.newestOf(List.of(busy, quiet, silent), 2);

        assertThat(newest).containsOnlyKeys(busy, quiet);
        assertThat(newest.get(busy)).containsExactly(written.get(4), written.get(3));
        assertThat(newest.get(quiet)).containsExactly(only);
        assertThat(comments.newestOn(List.of(only.id(), written.get(0).id()), 3)).containsOnlyKeys(only.id())
                .containsEntry(only.id(), List.of(said.get(3), said.get(2), said.get(1)));
    }

    @Test
    void bearsManyWritersOfTheSameNewTags() throws Exception {
        UUID writer = domain.newUser();
        var start = new CountDownLatch(1);
        List<Future<Post>> written = new ArrayList<>();
        try (var writers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 16; i++) {
                List<String> tags = i % 2 == 0
                        ? List.of("race-a", "race-b", "race-c")
                        : List.of("race-c", "race-b", "race-a");
                var ownConnection = new Posts(
                        JdbcClient.create(TestPostgres.dataSource(domain.recorder().realUrl())),
                        MemoryAlone.invalidation());
                written.add(writers.submit(() -> {
                    start.await();
                    return ownConnection.insert(writer, "Title", "Body", tags);
                }));
            }
            start.countDown();
        }
        for (Future<Post> post : written) {
            assertThat(posts.newestOf(List.of(writer), 16).get(writer)).contains(post.get());
        }
    }
}
