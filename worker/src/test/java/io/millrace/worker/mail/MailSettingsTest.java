package io.millrace.worker.mail;

import java.util.Map;
import jakarta.mail.internet.InternetAddress;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class MailSettingsTest {

    @Test
    void sendFromThisMachineUnlessTold() throws Exception {
        var settings = bind(Map.of());

        assertThat(settings.from()).isEqualTo(new InternetAddress("no-reply@localhost"));
        assertThat(settings.from().getPersonal()).isEqualTo("Millrace");
        assertThat(settings.domain()).isEqualTo("localhost");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hello@millrace.example", "Millrace <hello@millrace.example>",
            "\"Zoë's mill\" <hello@millrace.example>"})
    void takeTheSender(String from) {
        assertThat(bind(Map.of("millrace.mail.from", from)).domain()).isEqualTo("millrace.example");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "hello", "hello@", "@millrace.example", "Millrace <hello>",
            "a@b.example, c@d.example",
            "zoë@millrace.example", "hello@müller.example", "a@b.example\r\nBcc: c@d.example"})
    void refuseASenderThatIsNotOneMailbox(String from) {
        assertThatExceptionOfType(BindException.class).isThrownBy(() -> bind(Map.of("millrace.mail.from", from)));
    }

    private static MailSettings bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate("millrace.mail",
                MailSettings.class);
    }
}
