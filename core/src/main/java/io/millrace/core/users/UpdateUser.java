package io.millrace.core.users;

import java.util.Optional;
import java.util.UUID;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Changes a user, the profile and the settings in one statement: all of it or nothing. */
final class UpdateUser {

    private final JdbcClient jdbc;

    UpdateUser(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Empty if there is no such user, or none of the expected version. */
    Optional<User> update(UUID id, UserUpdate update) {
        try {
            return jdbc.sql("""
                            with changed as (
                                update users
                                set email     = coalesce(cast(:email as text), email),
                                    full_name = coalesce(cast(:fullName as text), full_name),
                                    version   = version + 1
                                where id = :id and version = coalesce(cast(:expectedVersion as integer), version)
                                returning id, email, full_name, created_at, version
                            ), profile as (
                                insert into user_profiles (user_id, bio, timezone)
                                select id, cast(:bio as text), cast(:timezone as text)
                                from changed
                                where :touchesProfile
                                on conflict (user_id) do update
                                set bio      = case when :bioGiven then excluded.bio else user_profiles.bio end,
                                    timezone = case when :timezoneGiven then excluded.timezone
                                                    else user_profiles.timezone end
                            ), settings as (
                                insert into user_settings as settings (user_id, locale, marketing_mails)
                                select id, coalesce(cast(:locale as text), :defaultLocale),
                                    coalesce(cast(:marketingMails as boolean), :defaultMarketingMails)
                                from changed
                                where :touchesSettings
                                on conflict (user_id) do update
                                set locale          = coalesce(cast(:locale as text), settings.locale),
                                    marketing_mails = coalesce(cast(:marketingMails as boolean),
                                                               settings.marketing_mails)
                            )
                            select id, email, full_name, created_at, version
                            from changed
                            """).param("id", id).param("email", update.email()).param("fullName", update.fullName())
                    .param("expectedVersion", update.expectedVersion()).param("bio", update.bio().value())
                    .param("bioGiven", update.bio().given()).param("timezone", update.timezone().value())
                    .param("timezoneGiven", update.timezone().given())
                    .param("touchesProfile", update.touchesProfile()).param("locale", update.locale())
                    .param("marketingMails", update.marketingMails())
                    .param("touchesSettings", update.touchesSettings())
                    .param("defaultLocale", UserSettings.DEFAULT.locale())
                    .param("defaultMarketingMails", UserSettings.DEFAULT.marketingMails()).query(UserRow::map)
                    .optional();
        } catch (DuplicateKeyException e) {
            if (String.valueOf(e.getMessage()).contains("users_email_lower_key")) {
                throw new EmailTaken();
            }
            throw e;
        }
    }
}
