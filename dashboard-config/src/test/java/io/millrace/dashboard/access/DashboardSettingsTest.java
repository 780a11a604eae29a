package io.millrace.dashboard.access;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

class DashboardSettingsTest {

    @Test
    void listensOnEveryInterfaceAndLetsNobodyInUnlessTold() {
        var settings = Binder.get(new StandardEnvironment())
                .bindOrCreate("millrace.dashboard", DashboardSettings.class);

        assertThat(settings).isEqualTo(
                new DashboardSettings("0.0.0.0", 8000, "operator", "", List.of(), false, false, List.of()));
    }

    @Test
    void looksForTheRoleInTheClaimCalledRolesAndKnowsNoValueOfItUnlessTold() {
        var settings = Binder.get(new StandardEnvironment())
                .bindOrCreate("millrace.dashboard.oidc", OidcSettings.class);

        assertThat(settings).isEqualTo(new OidcSettings("roles", List.of(), List.of()));
    }

    @Test
    void letsFiveAttemptsFailForNothingUnlessTold() {
        var settings = Binder.get(new StandardEnvironment())
                .bindOrCreate("millrace.dashboard.login", LoginSettings.class);

        assertThat(settings).isEqualTo(new LoginSettings(5, Duration.ofSeconds(1), Duration.ofMinutes(5)));
    }

    @Test
    void takesPeopleFromTheEnvironment() {
        var environment = new StandardEnvironment();
        environment.getPropertySources().replace(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                new SystemEnvironmentPropertySource(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        Map.of("MILLRACE_DASHBOARD_USERS_0_NAME", "vera", "MILLRACE_DASHBOARD_USERS_0_PASSWORD", "{x}y",
                                "MILLRACE_DASHBOARD_USERS_1_NAME", "grace", "MILLRACE_DASHBOARD_USERS_1_PASSWORD",
                                "{x}z", "MILLRACE_DASHBOARD_USERS_1_ROLE", "operator",
                                "MILLRACE_DASHBOARD_TRUSTED_PROXIES", "10.1.0.0/16,127.0.0.1")));

        var settings = Binder.get(environment).bindOrCreate("millrace.dashboard", DashboardSettings.class);

        assertThat(settings.users()).containsExactly(new DashboardSettings.User("vera", "{x}y", Role.VIEWER),
                new DashboardSettings.User("grace", "{x}z", Role.OPERATOR));
        assertThat(settings.trustedProxies()).containsExactly("10.1.0.0/16", "127.0.0.1");
    }

    @Test
    void keepsPasswordsOutOfItsText() {
        var source = new MapConfigurationPropertySource(Map.of("millrace.dashboard.password", "swordfish-and-salt",
                "millrace.dashboard.users[0].name", "vera", "millrace.dashboard.users[0].password", "swordfish-too"));
        var settings = new Binder(source).bindOrCreate("millrace.dashboard", DashboardSettings.class);

        assertThat(settings.password()).isEqualTo("swordfish-and-salt");
        assertThat(settings.toString()).contains("vera").doesNotContain("swordfish");
    }
}
