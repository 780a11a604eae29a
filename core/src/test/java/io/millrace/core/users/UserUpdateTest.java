package io.millrace.core.users;

import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.millrace.core.Domain;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Profile and settings; what a change does to the user alone stands in {@link UsersTest}. */
final class UserUpdateTest {

    @SuppressWarnings("NullAway.Init")
    private static Domain domain;

    @SuppressWarnings("NullAway.Init")
    private static Users users;

    @BeforeAll
    static void migrate() {
        domain = Domain.onNewDatabase();
        users = domain.bean(Users.class);
    }

    @Test
    void givesAUserThatSaidNothingAnEmptyProfileAndDefaultSettings() {
        UserProfile profile = profile(domain.newUser());

        assertThat(profile.profile()).isEqualTo(new UserProfile.About(null, null));
        assertThat(profile.settings()).isEqualTo(new UserSettings("en", false));
        assertThat(profile.posts()).isEmpty();
    }

    @Test
    void defaultsToWhatTheTableDefaultsTo() {
        UUID id = domain.newUser();
        domain.jdbc().sql("insert into user_settings (user_id) values (:id)").param("id", id).update();

        assertThat(profile(id).settings()).isEqualTo(UserSettings.DEFAULT);
    }

    @Test
    void keepsSetsAndClearsEachValueOfTheProfileByItself() {
        UUID id = domain.newUser();

        users.update(id, profile(Change.to("Writes programs."), Change.to("Europe/London")));
        users.update(id, profile(Change.none(), Change.to("Asia/Tokyo")));
        assertThat(profile(id).profile()).isEqualTo(new UserProfile.About("Writes programs.", "Asia/Tokyo"));

        users.update(id, profile(Change.to(null), Change.none()));
        assertThat(profile(id).profile()).isEqualTo(new UserProfile.About(null, "Asia/Tokyo"));
    }

    @Test
    void keepsAndSetsEachSettingByItself() {
        UUID id = domain.newUser();

        users.update(id, settings("de-CH", null));
        assertThat(profile(id).settings()).isEqualTo(new UserSettings("de-CH", false));

        users.update(id, settings(null, true));
        assertThat(profile(id).settings()).isEqualTo(new UserSettings("de-CH", true));
    }

    @Test
    void raisesTheVersionWithAnyChange() {
        UUID id = domain.newUser();

        users.update(id, settings("de", null));
        users.update(id, profile(Change.to("Hello"), Change.none()));

        assertThat(profile(id).user().version()).isEqualTo(3);
    }

    @Test
    void changesNothingOfAnotherVersion() {
        UUID id = domain.newUser();
        users.update(id, expecting(1, "First"));

        assertThatThrownBy(() -> users.update(id, expecting(1, "Second"))).isInstanceOf(StaleVersion.class);

        assertThat(profile(id).user().fullName()).isEqualTo("First");
        assertThat(profile(id).profile().bio()).isEqualTo("First");
    }

    @Test
    void knowsNoProfileOfNobody() {
        UUID nobody = UUID.randomUUID();

        assertThat(domain.bean(UserProfiles.class).find(nobody)).isNull();
        assertThat(users.update(nobody, expecting(1, "Nobody"))).isEmpty();
    }

    private static UserProfile profile(UUID id) {
        return requireNonNull(domain.bean(UserProfiles.class).find(id));
    }

    private static UserUpdate profile(Change<String> bio, Change<String> timezone) {
        return new UserUpdate(null, null, bio, timezone, null, null, null);
    }

    private static UserUpdate settings(@Nullable String locale, @Nullable Boolean marketingMails) {
        return new UserUpdate(null, null, Change.none(), Change.none(), locale, marketingMails, null);
    }

    private static UserUpdate expecting(int version, String text) {
        return new UserUpdate(null, text, Change.to(text), Change.none(), null, null, version);
    }
}
