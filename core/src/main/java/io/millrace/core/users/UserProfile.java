package io.millrace.core.users;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.millrace.core.content.Post;

/**
 * Everything that a user's page shows.
 *
 * @param posts
 *            the newest ones, newest first
 */
public record UserProfile(User user, About profile, UserSettings settings, List<Post> posts) {

    /**
     * What users tell of themselves.
     *
     * @param timezone
     *            an IANA zone
     */
    public record About(@Nullable String bio, @Nullable String timezone) {
    }
}
