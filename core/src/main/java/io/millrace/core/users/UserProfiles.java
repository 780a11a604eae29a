package io.millrace.core.users;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import io.millrace.core.content.Post;
import io.millrace.core.content.Posts;

/** Reads what a user's page shows in two statements, however many posts and tags there are. */
@Component
public class UserProfiles {

    /** Of how many posts a profile tells. */
    public static final int POSTS = 20;

    private final JdbcClient jdbc;
    private final Posts posts;

    UserProfiles(JdbcClient jdbc, Posts posts) {
        this.jdbc = jdbc;
        this.posts = posts;
    }

    /**
     * The user with profile, settings and the {@value #POSTS} newest posts; null if there is no such user. A
     * post that is written or deleted meanwhile may be seen or not.
     *
     * @throws org.springframework.dao.DataAccessException
     *             if the database cannot be reached
     */
    @Transactional(readOnly = true)
    public @Nullable UserProfile find(UUID id) {
        return jdbc.sql("""
                        select id, email, full_name, created_at, version, bio, timezone,
                            coalesce(locale, :defaultLocale) as locale,
                            coalesce(marketing_mails, :defaultMarketingMails) as marketing_mails
                        from users
                        left join user_profiles on user_profiles.user_id = users.id
                        left join user_settings on user_settings.user_id = users.id
                        where id = :id
                        """).param("id", id).param("defaultLocale", UserSettings.DEFAULT.locale())
                .param("defaultMarketingMails", UserSettings.DEFAULT.marketingMails())
                .query(UserProfiles::withoutPosts).optional().map(this::withPosts).orElse(null);
    }

    /**
     * How the user wants to be treated, in one statement; the defaults for who has not said, or is not there.
     *
     * @throws org.springframework.dao.DataAccessException
     *             if the database cannot be reached
     */
    public UserSettings settingsOf(UUID id) {
        return jdbc.sql("select locale, marketing_mails from user_settings where user_id = :id").param("id", id)
                .query((row, number) -> new UserSettings(row.getString("locale"), row.getBoolean("marketing_mails")))
                .optional().orElse(UserSettings.DEFAULT);
    }

    private UserProfile withPosts(UserProfile profile) {
        UUID id = profile.user().id();
        List<Post> newest = posts.newestOf(List.of(id), POSTS).getOrDefault(id, List.of());
        return new UserProfile(profile.user(), profile.profile(), profile.settings(), newest);
    }

    private static UserProfile withoutPosts(ResultSet row, int number) throws SQLException {
        return new UserProfile(UserRow.map(row, number),
                new UserProfile.About(row.getString("bio"), row.getString("timezone")),
                new UserSettings(row.getString("locale"), row.getBoolean("marketing_mails")), List.of());
    }
}
