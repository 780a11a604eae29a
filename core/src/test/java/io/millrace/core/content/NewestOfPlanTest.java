package io.millrace.core.content;

import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import io.millrace.core.Domain;
import io.millrace.core.Plan;
import io.millrace.testkit.RecordedStatement;

import static org.assertj.core.api.Assertions.assertThat;

/** What the newest posts and comments of each cost does not depend on how many there are, or who wrote lately. */
final class NewestOfPlanTest {

    private static final int LIMIT = 20;

    private final Domain domain = Domain.onNewDatabase();

    @Test
    void readsThePostsOfEachFromTheirEnd() {
        UUID longAgo = domain.newUser();
        write(longAgo, 5, "2020-01-01");
        UUID busy = domain.newUser();
        write(busy, 20_000, "2026-01-01");

        Plan plan = plan(() -> domain.bean(Posts.class).newestOf(List.of(busy, longAgo), LIMIT));

        assertThat(plan.scansOf("posts")).isNotEmpty()
                .allSatisfy(scan -> assertThat(scan.index()).isEqualTo("posts_of_user_by_age"))
                .allSatisfy(scan -> assertThat(scan.rows()).isLessThanOrEqualTo(LIMIT))
                .allSatisfy(scan -> assertThat(scan.rowsRemoved()).isZero());
        assertThat(plan.buffers()).isLessThan(200);
    }

    /** Where few write most, the planner takes everybody for one of them, and the newest posts of all for theirs. */
    @Test
    void readsNobodyElsesPostsOnTheWayToThoseOfAUserWithoutAny() {
        write(domain.newUser(), 20_000, "2026-01-01");
        UUID silent = domain.newUser();

        Plan plan = plan(() -> domain.bean(Posts.class).newestOf(List.of(silent), LIMIT));

        assertThat(plan.scansOf("posts")).extracting(Plan::index).containsExactly("posts_of_user_by_age");
        assertThat(plan.buffers()).isLessThan(50);
    }

    @Test
    void readsTheCommentsOnEachFromTheirEnd() {
        UUID user = domain.newUser();
        UUID loud = domain.bean(Posts.class).insert(user, "Loud", "Body", List.of()).id();
        UUID quiet = domain.bean(Posts.class).insert(user, "Quiet", "Body", List.of()).id();
        domain.jdbc().sql("""
                          insert into comments (id, post_id, user_id, body, created_at)
                          select uuidv7(), :post, :user, 'Body', timestamptz '2026-01-01' + i * interval '1 second'
                          from generate_series(1, 20000) as i
                          """).param("post", loud).param("user", user).update();
        domain.jdbc().sql("vacuum (analyze) comments").update();

        Plan plan = plan(() -> domain.bean(Comments.class).newestOn(List.of(loud, quiet), LIMIT));

        assertThat(plan.scansOf("comments")).isNotEmpty()
                .allSatisfy(scan -> assertThat(scan.index()).isEqualTo("comments_on_post_by_age"))
                .allSatisfy(scan -> assertThat(scan.rows()).isLessThanOrEqualTo(LIMIT));
        assertThat(plan.buffers()).isLessThan(100);
    }

    private void write(UUID user, int posts, String from) {
        domain.jdbc().sql("""
                          insert into posts (id, user_id, title, body, created_at)
                          select uuidv7(), :user, 'Title', repeat('x', 500),
                              cast(:from as timestamptz) + i * interval '1 second'
                          from generate_series(1, :posts) as i
                          """).param("user", user).param("from", from).param("posts", posts).update();
        domain.jdbc().sql("vacuum (analyze) posts").update();
    }

    private Plan plan(Runnable action) {
        RecordedStatement statement = domain.recorder().during(action).getFirst();
        return Plan.parse(statement.explain(domain.recorder().realUrl()));
    }
}
