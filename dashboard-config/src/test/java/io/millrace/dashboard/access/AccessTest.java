package io.millrace.dashboard.access;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;

import io.millrace.jobs.CannotStart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class AccessTest {

    private static final String HASH = "{bcrypt}$2a$10$dXJ3SW6G7P50lGmMkkmwe.20cQQubK3.HZWzG3YB1tlRy.fqvM/BG";

    @ParameterizedTest
    @ValueSource(strings = {"", "admin", "password", "changeme", "short-one", "administrator", "password1234",
            "ChangeMe!ChangeMe!", "adminadminadmin", "please-change-me", "123456789012", "operator-operator",
            "aaaaaaaaaaaaaaaa", "Millrace2026", "Passw0rdpassw0rd"})
    void refusesAPasswordThatIsEmptyShortOrWellKnown(String password) {
        assertThatExceptionOfType(CannotStart.class).isThrownBy(() -> users(withPassword(password), false))
                .withMessage("The dashboard has no password, a well-known one, or one that is too short.")
                .satisfies(refusal -> assertThat(refusal.remedy()).contains("MILLRACE_DASHBOARD_PASSWORD"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"correct horse battery", "3f9a-77c1-b04e", "Zoë-Ångström-7", "tr0ub4dor&3xyz",
            "a pass phrase that goes on and on, for very much longer than bcrypt itself would read it: on and on"})
    void takesAPasswordOfItsOwn(String password) {
        var hash = users(withPassword(password), false).loadUserByUsername("operator").getPassword();

        assertThat(new PasswordHashes().encoder().matches(password, hash)).isTrue();
        assertThat(new PasswordHashes().encoder().matches(password + "!", hash)).isFalse();
        assertThat(hash).doesNotContain(password);
    }

    @Test
    void refusesAWeakPasswordThoughOthersCanSignIn() {
        var settings = new DashboardSettings("0.0.0.0", 0, "operator", "changeme", List.of(user("vera", HASH)), false,
                false, List.of());

        assertThatExceptionOfType(CannotStart.class).isThrownBy(() -> users(settings, true));
    }

    @Test
    void needsNoPasswordWherePeopleOrAProviderAreNamed() {
        assertThat(users(withUsers(false, user("vera", HASH)), false).loadUserByUsername("vera").getAuthorities())
                .extracting(Object::toString).containsExactly("ROLE_VIEWER");
        assertThatCode(() -> users(withPassword(""), true)).doesNotThrowAnyException();
        assertThatExceptionOfType(UsernameNotFoundException.class)
                .isThrownBy(() -> users(withPassword(""), true).loadUserByUsername("operator"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a plain secret of its own", "{noop}a plain secret of its own", "{bcrypt}", "{bcrypt}a0",
            "{bcrypt}$2a$04$dXJ3SW6G7P50lGmMkkmwe.20cQQubK3.HZWzG3YB1tlRy.fqvM/BG",
            "$2a$10$dXJ3SW6G7P50lGmMkkmwe.20cQQubK3.HZWzG3YB1tlRy.fqvM/BG", "{MD5}5f4dcc3b5aa765d61d8327deb882cf99",
            "{plain}$2a$10$dXJ3SW6G7P50lGmMkkmwe.20cQQubK3.HZWzG3YB1tlRy.fqvM/BG"})
    void refusesPeoplesPasswordsThatAreNoHashesWorthTheName(String password) {
        assertThatExceptionOfType(CannotStart.class)
                .isThrownBy(() -> users(withUsers(false, user("ada", HASH), user("vera", password)), false))
                .withMessageContainingAll("user vera", "millrace.dashboard.users[1].password")
                .satisfies(refusal -> assertThat(refusal.getMessage() + refusal.remedy()).contains("hash-password")
                        .doesNotContain("secret"));
    }

    @Test
    void takesPlainPasswordsOfPeopleOnThisMachineOnly() {
        var here = new DashboardSettings("127.0.0.1", 0, "operator", "",
                List.of(user("vera", "a plain secret of its own")), true, false, List.of());
        var everywhere = new DashboardSettings("0.0.0.0", 0, "operator", "", List.of(), true, false, List.of());

        assertThat(users(here, false).loadUserByUsername("vera").isEnabled()).isTrue();
        assertThatExceptionOfType(CannotStart.class).isThrownBy(() -> Access.address(everywhere))
                .withMessageContaining("on a loopback address only, and 0.0.0.0 is none");
        assertThatExceptionOfType(CannotStart.class)
                .isThrownBy(() -> users(withUsers(true, user("vera", "changeme")), false))
                .withMessageContaining("well-known");
    }

    @Test
    void refusesTwoOfOneName() {
        assertThatExceptionOfType(CannotStart.class)
                .isThrownBy(() -> users(withUsers(false, user("vera", HASH), user("vera", HASH)), false))
                .withMessageContaining("two users called vera");
    }

    @Test
    void isOpenOnALoopbackAddressOnly() {
        var here = new DashboardSettings("127.0.0.1", 0, "operator", "", List.of(), false, true, List.of());
        var everywhere = new DashboardSettings("0.0.0.0", 0, "operator", "", List.of(), false, true, List.of());

        assertThat(Access.address(here).isLoopbackAddress()).isTrue();
        assertThatCode(() -> users(here, false)).doesNotThrowAnyException();
        assertThatExceptionOfType(CannotStart.class).isThrownBy(() -> Access.address(everywhere))
                .withMessageContaining("on a loopback address only, and 0.0.0.0 is none");
    }

    @Test
    void saysThatAnAddressIsNotThisHosts() {
        var settings = new DashboardSettings("[::zz]", 0, "operator", "", List.of(), false, false, List.of());

        assertThatExceptionOfType(CannotStart.class).isThrownBy(() -> Access.address(settings))
                .withMessageContaining("[::zz]");
    }

    private static UserDetailsService users(DashboardSettings settings, boolean elsewhere) {
        return Access.users(settings, new PasswordHashes(), elsewhere);
    }

    private static DashboardSettings withPassword(String password) {
        return new DashboardSettings("0.0.0.0", 0, "operator", password, List.of(), false, false, List.of());
    }

    private static DashboardSettings withUsers(boolean plain, DashboardSettings.User... users) {
        return new DashboardSettings("127.0.0.1", 0, "operator", "", List.of(users), plain, false, List.of());
    }

    private static DashboardSettings.User user(String name, String password) {
        return new DashboardSettings.User(name, password, Role.VIEWER);
    }
}
