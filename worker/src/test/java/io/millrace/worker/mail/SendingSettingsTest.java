package io.millrace.worker.mail;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

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

    @ParameterizedTest
    @ValueSource(strings = {"MILLRACE_MAIL_WHENUNKNOWN_SENDEMAIL", "MILLRACE_MAIL_WHENUNKNOWN_SEND_EMAIL"})
    void areReadFromTheEnvironment(String name) {
        var environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new SystemEnvironmentPropertySource(
                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, Map.of(name, "park")));

        var settings = Binder.get(environment).bindOrCreate("millrace.mail", SendingSettings.class);

        assertThat(settings.whenUnknown("send-email")).isEqualTo(WhenUnknown.PARK);
    }

    @Test
    void refuseANameThatIsNoMail() {
        assertThatExceptionOfType(BindException.class)
                .isThrownBy(() -> bind(Map.of("millrace.mail.when-unknown.send-emial", "park"))).havingRootCause()
                .withMessage("millrace.mail.when-unknown.send-emial names no job type that sends mail: those are "
                        + "[send-email, send-password-reset, send-weekly-digest, send-welcome-email]");
    }

    private static SendingSettings bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate("millrace.mail",
                SendingSettings.class);
    }
}
