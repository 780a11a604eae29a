package io.millrace.api.content;

import java.util.UUID;
import jakarta.validation.Valid;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import io.millrace.api.http.Needs;
import io.millrace.api.http.ProblemException;
import io.millrace.api.http.Scope;
import io.millrace.api.paging.PageRequest;
import io.millrace.api.paging.Paging;
import io.millrace.core.content.Comment;
import io.millrace.core.content.Comments;
import io.millrace.core.content.Post;
import io.millrace.core.content.Posts;
import io.millrace.core.content.UnknownPost;
import io.millrace.core.content.UnknownUser;
import io.millrace.core.paging.Listing;
import io.millrace.core.paging.Page;

@RestController
final class PostController {

    private static final Listing POSTS = Listing.of("posts");

    private final Posts posts;
    private final Comments comments;
    private final Paging paging;

    PostController(Posts posts, Comments comments, Paging paging) {
        this.posts = posts;
        this.comments = comments;
        this.paging = paging;
    }

    @Needs(Scope.READ)
    @GetMapping(path = "/posts", produces = MediaType.APPLICATION_JSON_VALUE)
    Page<Post> list(@RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String cursor) {
        PageRequest request = paging.read(POSTS, limit, cursor);
        return paging.answer(request, posts.list(request.after(), request.limit()), Post::cursor);
    }

    @Needs(Scope.ENQUEUE)
    @PostMapping(path = "/posts", consumes = MediaType.APPLICATION_JSON_VALUE, produces = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    Post write(@Valid @RequestBody NewPost post) {
        try {
            return posts.insert(post.userId(), post.title(), post.body(), post.differentTags());
        } catch (UnknownUser e) {
            throw unknownUser();
        }
    }

    @Needs(Scope.ENQUEUE)
    @PostMapping(path = "/posts/{id}/comments", consumes = MediaType.APPLICATION_JSON_VALUE, produces = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    Comment comment(@PathVariable UUID id, @Valid @RequestBody NewComment comment) {
        try {
            return comments.insert(id, comment.userId(), comment.body());
        } catch (UnknownPost e) {
            throw ProblemException.notFound("No post has this id.");
        } catch (UnknownUser e) {
            throw unknownUser();
        }
    }

    private static ProblemException unknownUser() {
        return ProblemException.invalid("userId", "must be the id of a user");
    }
}
