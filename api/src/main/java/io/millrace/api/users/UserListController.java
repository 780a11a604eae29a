package io.millrace.api.users;

import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import io.millrace.api.http.Needs;
import io.millrace.api.http.ProblemException;
import io.millrace.api.http.Scope;
import io.millrace.api.paging.PageRequest;
import io.millrace.api.paging.Paging;
import io.millrace.core.paging.Listing;
import io.millrace.core.paging.Page;
import io.millrace.core.users.PostsOfUsers;
import io.millrace.core.users.User;
import io.millrace.core.users.UserWithPosts;
import io.millrace.core.users.Users;

/** Pages of users: one statement, or three with their posts and comments, however large the page is. */
@RestController
final class UserListController {

    private static final Listing USERS = Listing.of("users");

    private final Users users;
    private final PostsOfUsers postsOfUsers;
    private final Paging paging;

    UserListController(Users users, PostsOfUsers postsOfUsers, Paging paging) {
        this.users = users;
        this.postsOfUsers = postsOfUsers;
        this.paging = paging;
    }

    @Needs(Scope.READ)
    @GetMapping(path = "/users", produces = MediaType.APPLICATION_JSON_VALUE)
    Page<?> list(@RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable String include) {
        if (include != null && !include.equals("posts")) {
            throw ProblemException.invalid("include", "must be posts");
        }
        PageRequest request = paging.read(USERS, limit, cursor);
        return include == null
                ? paging.answer(request, users.list(request.after(), request.limit()), User::cursor)
                : paging.answer(request, postsOfUsers.list(request.after(), request.limit()), UserWithPosts::cursor);
    }
}
