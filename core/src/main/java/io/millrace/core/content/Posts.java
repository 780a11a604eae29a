package io.millrace.core.content;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import io.millrace.core.cache.CacheInvalidation;
import io.millrace.core.paging.Cursor;
import io.millrace.core.paging.Slice;

import static java.util.stream.Collectors.groupingBy;

/**
 * The rows of posts and their tags, in the caller's transaction if there is one. Each reader is one statement, however
 * many posts or users are asked for, and reads no column that it does not hand on.
 *
 * <p>
 * Every method throws {@link org.springframework.dao.DataAccessException} if the database cannot be reached.
 */
@Component
public class Posts {

    private final JdbcClient jdbc;
    private final CacheInvalidation invalidation;

    Posts(JdbcClient jdbc, CacheInvalidation invalidation) {
        this.jdbc = jdbc;
        this.invalidation = invalidation;
    }

    /**
     * Adds a post with its tags; both or neither. With the commit, what is cached of its author is dropped. The caller's
     * transaction, if there is one, must be READ COMMITTED: with an older snapshot, tags that others just added would be
     * missing.
     *
     * @param tags
     *            without duplicates
     * @throws UnknownUser
     *             if there is no such user; the caller's transaction can then only roll back
     */
    @Transactional
    public Post insert(UUID userId, String title, String body, List<String> tags) {
        String[] names = tags.toArray(String[]::new);
        if (names.length > 0) {
            insertTags(names);
        }
        try {
            var post = jdbc.sql("""
                                with post as (
                                    insert into posts (id, user_id, title, body)
                                    values (uuidv7(), :userId, :title, :body)
                                    returning id, user_id, title, body, created_at
                                ), tagged as (
                                    insert into post_tags (post_id, position, tag_id)
                                    select post.id, given.position, tags.id
                                    from post
                                    cross join unnest(cast(:tags as text[])) with ordinality as given (name, position)
                                    join tags on tags.name = given.name
                                )
                                select id, user_id, title, body, created_at, cast(:tags as text[]) as tags
                                from post
                                """).param("userId", userId).param("title", title).param("body", body)
                    .param("tags", names).query(ContentRow::post).single();
            invalidation.user(userId);
            return post;
        } catch (DataIntegrityViolationException e) {
            if (String.valueOf(e.getMessage()).contains("posts_user_fk")) {
                throw new UnknownUser();
            }
            throw e;
        }
    }

    /** A page of all posts, newest first: at most {@code limit} of those after {@code after}. */
    public Slice<Post> list(Cursor after, int limit) {
        return Slice.of(jdbc.sql("""
                                 select id, user_id, title, body, created_at, array(
                                     select tags.name
                                     from post_tags join tags on tags.id = post_tags.tag_id
                                     where post_tags.post_id = posts.id
                                     order by post_tags.position
                                 ) as tags
                                 from posts
                                 where (created_at, id) < (:createdAt, cast(:id as uuid))
                                 order by created_at desc, id desc
                                 limit :limit
                                 """).param("createdAt", after.timestamp()).param("id", after.id())
                .param("limit", limit + 1).query(ContentRow::post).list(), limit);
    }

    /** The newest posts of each of these users, newest first; who has none is not in the map. */
    public Map<UUID, List<Post>> newestOf(Collection<UUID> userIds, int limitPerUser) {
        // With "user_id = writer.id" the planner may choose posts_by_age, and read everybody's posts on its way to those of
        // somebody who has written nothing lately. A range in this order can be read from posts_of_user_by_age alone.
        return jdbc.sql("""
                        select newest.*, array(
                            select tags.name
                            from post_tags join tags on tags.id = post_tags.tag_id
                            where post_tags.post_id = newest.id
                            order by post_tags.position
                        ) as tags
                        from unnest(cast(:userIds as uuid[])) as writer (id)
                        cross join lateral (
                            select id, user_id, title, body, created_at
                            from posts
                            where user_id >= writer.id and user_id <= writer.id
                            order by user_id desc, created_at desc, id desc
                            limit :limit
                        ) newest
                        order by newest.created_at desc, newest.id desc
                        """).param("userIds", texts(userIds)).param("limit", limitPerUser).query(ContentRow::post)
                .list().stream().collect(groupingBy(Post::userId));
    }

    static String[] texts(Collection<UUID> ids) {
        return ids.stream().map(UUID::toString).toArray(String[]::new);
    }

    private void insertTags(String[] names) {
        // In one order for all, so that two posts with the same new tags cannot wait for each other.
        jdbc.sql("""
                 insert into tags (name)
                 select name
                 from unnest(cast(:names as text[])) as given (name)
                 where not exists (select from tags where tags.name = given.name)
                 order by name
                 on conflict (name) do nothing
                 """).param("names", names).update();
    }
}
