package io.millrace.core.users;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import io.millrace.core.content.Comment;
import io.millrace.core.content.Comments;
import io.millrace.core.content.Post;
import io.millrace.core.content.Posts;
import io.millrace.core.paging.Cursor;
import io.millrace.core.paging.Slice;

/**
 * Loads the newest posts of any number of users, with the newest comments on them, in two statements: one per table and
 * not one per user, which is what is called N+1. Both numbers are bounded, and small enough for a page of a hundred users who
 * write as much as they may: some tens of megabytes.
 */
@Component
public class PostsOfUsers {

    /** The posts of one user. */
    public static final int POSTS = 5;
    /** The comments on one post. */
    public static final int COMMENTS = 5;

    private final Users users;
    private final Posts posts;
    private final Comments comments;

    PostsOfUsers(Users users, Posts posts, Comments comments) {
        this.users = users;
        this.posts = posts;
        this.comments = comments;
    }

    /**
     * A page of users as {@link Users#list} has it, each with what they wrote lately. All of it on one connection.
     *
     * @throws org.springframework.dao.DataAccessException
     *             if the database cannot be reached
     */
    @Transactional(readOnly = true)
    public Slice<UserWithPosts> list(Cursor after, int limit) {
        var page = users.list(after, limit);
        return new Slice<>(addTo(page.rows()), page.hasNext());
    }

    /**
     * The same users in the same order, with the {@value #POSTS} newest posts of each and the {@value #COMMENTS} newest
     * comments on each post.
     *
     * @throws org.springframework.dao.DataAccessException
     *             if the database cannot be reached
     */
    public List<UserWithPosts> addTo(List<User> users) {
        Map<UUID, List<Post>> postsByUser = posts.newestOf(users.stream().map(User::id).toList(), POSTS);
        List<UUID> postIds = postsByUser.values().stream().flatMap(List::stream).map(Post::id).toList();
        Map<UUID, List<Comment>> commentsByPost = comments.newestOn(postIds, COMMENTS);
        return users.stream().map(user -> UserWithPosts.of(user,
                postsByUser.getOrDefault(user.id(), List.of()).stream()
                        .map(post -> UserWithPosts.PostWithComments.of(post,
                                commentsByPost.getOrDefault(post.id(), List.of())))
                        .toList()))
                .toList();
    }
}
