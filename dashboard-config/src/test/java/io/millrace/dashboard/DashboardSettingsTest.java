package io.millrace.dashboard;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.core.env.StandardEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

class DashboardSettingsTest {

    @Test
    void listensOnEveryInterfaceAndHasNoPasswordUnlessTold() {
        var settings = Binder.get(new StandardEnvironment())
                .bindOrCreate("millrace.dashboard", DashboardSettings.class);

        assertThat(settings).isEqualTo(new DashboardSettings("0.0.0.0", 8000, "operator", "", false));
    }

    @Test
    void keepsThePasswordOutOfItsText() {
        var source = new MapConfigurationPropertySource(Map.of("millrace.dashboard.password", "swordfish-and-salt"));
        var settings = new Binder(source).bindOrCreate("millrace.dashboard", DashboardSettings.class);

        assertThat(settings.password()).isEqualTo("swordfish-and-salt");
        assertThat(settings.toString()).doesNotContain("swordfish");
    }
}
