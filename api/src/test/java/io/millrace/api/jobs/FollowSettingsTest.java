package io.millrace.api.jobs;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

final class FollowSettingsTest {

    @Test
    void leaveConnectionsToOthersByDefault() {
        var settings = new Binder(new MapConfigurationPropertySource(Map.of())).bindOrCreate("millrace.api.follow",
                FollowSettings.class);

        assertThat(settings)
                .isEqualTo(new FollowSettings(5_000, 2_000, Duration.ofSeconds(2), Duration.ofSeconds(15)));
    }
}
