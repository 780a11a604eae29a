package io.millrace.worker.mail.smtp;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import io.millrace.worker.mail.smtp.SmtpSettings.Connections;
import io.millrace.worker.mail.smtp.SmtpSettings.Tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SmtpSettingsTest {

    @Test
    void requireTlsAndKeepAFewConnectionsUnlessTold() {
        assertThat(bind(Map.of())).isEqualTo(new SmtpSettings(Tls.REQUIRED,
                new Connections(8, 100, Duration.ofMinutes(5), Duration.ofSeconds(30)), Duration.ofSeconds(30),
                Duration.ofMinutes(5)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"off", "OFF", "false"})
    void doWithoutTlsWhereTold(String text) {
        assertThat(bind(Map.of("millrace.mail.tls", text)).tls()).isEqualTo(Tls.OFF);
    }

    @Test
    void refuseWhatIsNeither() {
        assertThatExceptionOfType(BindException.class)
                .isThrownBy(() -> bind(Map.of("millrace.mail.tls", "sometimes")))
                .withMessageContaining("millrace.mail.tls");
    }

    private static SmtpSettings bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate("millrace.mail",
                SmtpSettings.class);
    }
}
