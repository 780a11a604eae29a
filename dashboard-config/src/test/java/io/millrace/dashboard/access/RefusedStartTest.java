package io.millrace.dashboard.access;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.NestedExceptionUtils;

import io.millrace.dashboard.DashboardProcess;
import io.millrace.jobs.CannotStart;
import io.millrace.testkit.TestPostgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/** The process does not start where it would let in others than its people. */
class RefusedStartTest {

    private static String database;

    @BeforeAll
    static void makeADatabase() {
        database = TestPostgres.newDatabase();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "changeme", "password1234", "admin"})
    void refusesADefaultShortOrEmptyPassword(String password) {
        assertThat(whyNot("--millrace.dashboard.password=" + password).getMessage())
                .isEqualTo("The dashboard has no password, a well-known one, or one that is too short.");
    }

    @Test
    void refusesPlainTextForPeople() {
        assertThat(whyNot("--millrace.dashboard.users[0].name=vera",
                "--millrace.dashboard.users[0].password=correct horse battery").getMessage()).contains("user vera")
                .doesNotContain("horse");
    }

    @Test
    void refusesAProviderWhoseUsersWouldHaveNoRole() {
        assertThat(whyNot("--spring.security.oauth2.client.registration.house.client-id=dashboard",
                "--spring.security.oauth2.client.provider.house.issuer-uri=https://id.example.org").remedy())
                .contains("MILLRACE_DASHBOARD_OIDC_OPERATOR_VALUES");
    }

    @Test
    void refusesToBeOpenToTheNetwork() {
        assertThat(whyNot("--millrace.dashboard.open=true", "--millrace.dashboard.address=0.0.0.0").getMessage())
                .contains("0.0.0.0 is none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy.example.org", "10.0.0.0/99", "10.0.0.0-10.0.0.9"})
    void refusesProxiesThatItCannotTell(String proxies) {
        assertThat(whyNot("--millrace.dashboard.trusted-proxies=" + proxies).getMessage()).contains(proxies);
    }

    private static CannotStart whyNot(String... settings) {
        var failure = catchThrowable(() -> DashboardProcess.on(database, settings).close());
        assertThat(failure).as("it started").isNotNull();
        assertThat(NestedExceptionUtils.getMostSpecificCause(failure)).isInstanceOf(CannotStart.class);
        return (CannotStart) NestedExceptionUtils.getMostSpecificCause(failure);
    }
}
