package io.millrace.core.users;

import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import io.millrace.core.cache.CacheInvalidation;
import io.millrace.core.paging.Cursor;
import io.millrace.core.paging.Slice;

/**
 * The rows of users. Each call is one statement if not told otherwise, in the caller's transaction if there is one.
 *
 * <p>
 * Every method throws {@link org.springframework.dao.DataAccessException} if the database cannot be reached.
 */
@Component
public class Users {

    private final JdbcClient jdbc;
    private final CacheInvalidation invalidation;
    private final UpdateUser updateUser;

    Users(JdbcClient jdbc, CacheInvalidation invalidation) {
        this.jdbc = jdbc;
        this.invalidation = invalidation;
        this.updateUser = new UpdateUser(jdbc);
    }

    /** As {@link #insert(String, String, String)}, of one who has not said in which language to be written to. */
    public User insert(String email, String fullName) {
        return insert(email, fullName, null);
    }

    /**
     * Adds a user with an id that grows with time. Where another transaction is adding the same address, waits for its
     * end. The caller's transaction stays usable after a refusal.
     *
     * @param locale
     *            a BCP 47 language tag, for the settings; null for the default
     * @throws EmailTaken
     *             if another user has the address
     */
    public User insert(String email, String fullName, @Nullable String locale) {
        return jdbc.sql("""
                        with added as (
                            insert into users (id, email, full_name)
                            values (uuidv7(), :email, :fullName)
                            on conflict (lower(email)) do nothing
                            returning id, email, full_name, created_at, version
                        ), settings as (
                            insert into user_settings (user_id, locale, marketing_mails)
                            select id, cast(:locale as text), :marketingMails
                            from added
                            where cast(:locale as text) is not null
                        )
                        select id, email, full_name, created_at, version
                        from added
                        """).param("email", email).param("fullName", fullName).param("locale", locale)
                .param("marketingMails", UserSettings.DEFAULT.marketingMails()).query(UserRow::map).optional()
                .orElseThrow(EmailTaken::new);
    }

    public Optional<User> find(UUID id) {
        return jdbc.sql("""
                        select id, email, full_name, created_at, version
                        from users
                        where id = :id
                        """).param("id", id).query(UserRow::map).optional();
    }

    /** A page of all users, newest first: at most {@code limit} of those after {@code after}. */
    public Slice<User> list(Cursor after, int limit) {
        return Slice.of(jdbc.sql("""
                                 select id, email, full_name, created_at, version
                                 from users
                                 where (created_at, id) < (:createdAt, cast(:id as uuid))
                                 order by created_at desc, id desc
                                 limit :limit
                                 """).param("createdAt", after.timestamp()).param("id", after.id())
                .param("limit", limit + 1).query(UserRow::map).list(), limit);
    }

    /**
     * Changes what is given, of the user, the profile and the settings, and raises the version; all of it or nothing. Empty
     * if there is no such user. With the commit, what is cached of the user is dropped.
     *
     * @throws EmailTaken
     *             if another user has the address; the caller's transaction can then only roll back
     * @throws StaleVersion
     *             if the user has another version than the expected one
     */
    @Transactional
    public Optional<User> update(UUID id, UserUpdate update) {
        Optional<User> changed = updateUser.update(id, update);
        if (changed.isEmpty() && update.expectedVersion() != null && find(id).isPresent()) {
            throw new StaleVersion();
        }
        changed.ifPresent(user -> invalidation.user(user.id()));
        return changed;
    }

    /** Removes the user with profile, settings, posts, comments, and the comments on those posts; false if there is none. */
    @Transactional
    public boolean delete(UUID id) {
        boolean deleted = jdbc.sql("delete from users where id = :id").param("id", id).update() == 1;
        if (deleted) {
            invalidation.user(id);
        }
        return deleted;
    }
}
