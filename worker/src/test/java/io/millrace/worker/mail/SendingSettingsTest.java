package io.millrace.worker.mail;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

class SendingSettingsTest {

    @Test
    void sendAgainWhatMayBeSentUnlessTold() {
        assertThat(bind(Map.of())).isEqualTo(new SendingSettings(Map.of(), Duration.ofMinutes(1),
                Duration.ofMinutes(30), Duration.ofDays(7), Duration.ofMinutes(10)));
        assertThat(bind(Map.of()).whenUnknown("send-email")).isEqualTo(WhenUnknown.RESEND);
    }

    /** The second is what an environment variable makes of it. */
    @ParameterizedTest
    @ValueSource(strings = {"millrace.mail.when-unknown.send-email", "millrace.mail.when-unknown.sendemail"})
    void parkMailsOfATypeWhereTold(String name) {
        var settings = bind(Map.of(name, "park"));

        assertThat(settings.whenUnknown("send-email")).isEqualTo(WhenUnknown.PARK);
        assertThat(settings.whenUnknown("send-welcome-email")).isEqualTo(WhenUnknown.RESEND);
    }

    private static SendingSettings bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate("millrace.mail",
                SendingSettings.class);
    }
}
