package io.millrace.core.users;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import io.millrace.core.content.Comment;
import io.millrace.core.content.Post;
import io.millrace.core.paging.Cursor;

/**
 * A user and what they wrote lately.
 *
 * @param posts
 *            the newest ones, newest first
 */
public record UserWithPosts(UUID id, String email, String fullName, Instant createdAt, int version,
        List<PostWithComments> posts) {

    /** Its place in the listing of users. */
    public Cursor cursor() {
        return new Cursor(createdAt, id.toString());
    }

    static UserWithPosts of(User user, List<PostWithComments> posts) {
        return new UserWithPosts(user.id(), user.email(), user.fullName(), user.createdAt(), user.version(), posts);
    }

    /**
     * A post and what was said to it lately.
     *
     * @param comments
     *            the newest ones, newest first
     */
    public record PostWithComments(UUID id, UUID userId, String title, String body, List<String> tags,
            Instant createdAt, List<Comment> comments) {

        static PostWithComments of(Post post, List<Comment> comments) {
            return new PostWithComments(post.id(), post.userId(), post.title(), post.body(), post.tags(),
                    post.createdAt(), comments);
        }
    }
}
