package io.millrace.core.users;

import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The rows of users. Each call is one statement, in the caller's transaction if there is one.
 *
 * <p>
 * Every method throws {@link org.springframework.dao.DataAccessException} if the database cannot be reached.
 */
@Component
public final class Users {

    private final JdbcClient jdbc;

    Users(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Adds a user with an id that grows with time. Where another transaction is adding the same address, waits for its
     * end. The caller's transaction stays usable after a refusal.
     *
     * @throws EmailTaken
     *             if another user has the address
     */
    public User insert(String email, String fullName) {
        return jdbc.sql("""
                        insert into users (id, email, full_name)
                        values (uuidv7(), :email, :fullName)
                        on conflict (lower(email)) do nothing
                        returning id, email, full_name, created_at, version
                        """).param("email", email).param("fullName", fullName).query(UserRow::map).optional()
                .orElseThrow(EmailTaken::new);
    }

    public Optional<User> find(UUID id) {
        return jdbc.sql("""
                        select id, email, full_name, created_at, version
                        from users
                        where id = :id
                        """).param("id", id).query(UserRow::map).optional();
    }

    /**
     * Sets what is not null and raises the version; empty if there is no such user.
     *
     * @throws EmailTaken
     *             if another user has the address; the caller's transaction can then only roll back
     */
    public Optional<User> update(UUID id, @Nullable String email, @Nullable String fullName) {
        try {
            return jdbc.sql("""
                            update users
                            set email     = coalesce(cast(:email as text), email),
                                full_name = coalesce(cast(:fullName as text), full_name),
                                version   = version + 1
                            where id = :id
                            returning id, email, full_name, created_at, version
                            """).param("id", id).param("email", email).param("fullName", fullName).query(UserRow::map)
                    .optional();
        } catch (DuplicateKeyException e) {
            if (String.valueOf(e.getMessage()).contains("users_email_lower_key")) {
                throw new EmailTaken();
            }
            throw e;
        }
    }

    /** Whether there was such a user. */
    public boolean delete(UUID id) {
        return jdbc.sql("delete from users where id = :id").param("id", id).update() == 1;
    }
}
