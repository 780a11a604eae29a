package io.millrace.dashboard;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.millrace.jobs.CannotStart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class AccessTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "admin", "password", "changeme", "short-one", "administrator", "password1234",
            "ChangeMe!ChangeMe!", "adminadminadmin", "please-change-me", "123456789012", "operator-operator",
            "aaaaaaaaaaaaaaaa", "Millrace2026", "Passw0rdpassw0rd"})
    void refusesAPasswordThatIsEmptyShortOrWellKnown(String password) {
        assertThatExceptionOfType(CannotStart.class).isThrownBy(() -> Access.of(settings("127.0.0.1", password, false)))
                .withMessage("The dashboard has no password, a well-known one, or one that is too short.")
                .satisfies(refusal -> assertThat(refusal.remedy()).contains("MILLRACE_DASHBOARD_PASSWORD"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"correct horse battery", "3f9a-77c1-b04e", "Zoë-Ångström-7", "tr0ub4dor&3xyz"})
    void takesAPasswordOfItsOwn(String password) {
        assertThat(Access.of(settings("0.0.0.0", password, false)).filters())
                .hasAtLeastOneElementOfType(BasicAuthentication.class);
    }

    @Test
    void isOpenOnALoopbackAddressOnly() {
        assertThat(Access.of(settings("127.0.0.1", "", true)).filters())
                .doesNotHaveAnyElementsOfTypes(BasicAuthentication.class)
                .hasAtLeastOneElementOfType(LoopbackHostOnly.class);
        assertThatExceptionOfType(CannotStart.class).isThrownBy(() -> Access.of(settings("0.0.0.0", "", true)))
                .withMessageContaining("on a loopback address only, and 0.0.0.0 is none");
    }

    @Test
    void saysThatAnAddressIsNotThisHosts() {
        assertThatExceptionOfType(CannotStart.class)
                .isThrownBy(() -> Access.of(settings("[::zz]", "correct horse battery", false)))
                .withMessageContaining("[::zz]");
    }

    private static DashboardSettings settings(String address, String password, boolean open) {
        return new DashboardSettings(address, 0, "operator", password, open);
    }
}
