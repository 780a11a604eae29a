package io.millrace.core.content;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import static java.util.stream.Collectors.groupingBy;

/**
 * The rows of comments. Each call is one statement, in the caller's transaction if there is one.
 *
 * <p>
 * Every method throws {@link org.springframework.dao.DataAccessException} if the database cannot be reached.
 */
@Component
public final class Comments {

    private final JdbcClient jdbc;

    Comments(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Adds a comment. After a refusal the caller's transaction can only roll back.
     *
     * @throws UnknownPost
     *             if there is no such post
     * @throws UnknownUser
     *             if there is such a post, but no such user
     */
    public Comment insert(UUID postId, UUID userId, String body) {
        try {
            return jdbc.sql("""
                            insert into comments (id, post_id, user_id, body)
                            select uuidv7(), posts.id, :userId, :body
                            from posts
                            where posts.id = :postId
                            returning id, post_id, user_id, body, created_at
                            """).param("postId", postId).param("userId", userId).param("body", body)
                    .query(ContentRow::comment).optional().orElseThrow(UnknownPost::new);
        } catch (DataIntegrityViolationException e) {
            String message = String.valueOf(e.getMessage());
            if (message.contains("comments_user_fk")) {
                throw new UnknownUser();
            }
            if (message.contains("comments_post_fk")) {
                // It was deleted in the meantime.
                throw new UnknownPost();
            }
            throw e;
        }
    }

    /** The newest comments on each of these posts, newest first; what has none is not in the map. */
    public Map<UUID, List<Comment>> newestOn(Collection<UUID> postIds, int limitPerPost) {
        return jdbc.sql("""
                        select newest.*
                        from unnest(cast(:postIds as uuid[])) as post (id)
                        cross join lateral (
                            select id, post_id, user_id, body, created_at
                            from comments
                            where post_id = post.id
                            order by created_at desc, id desc
                            limit :limit
                        ) newest
                        order by newest.created_at desc, newest.id desc
                        """).param("postIds", Posts.texts(postIds)).param("limit", limitPerPost)
                .query(ContentRow::comment).list().stream().collect(groupingBy(Comment::postId));
    }
}
