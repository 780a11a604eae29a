package io.millrace.worker.http;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class HttpCallSettingsTest {

    @Test
    void allowNobodyPrivateAndSignNothingUnlessTold() {
        assertThat(bind(Map.of())).isEqualTo(new HttpCallSettings(List.of(), List.of(), Duration.ofSeconds(5),
                DataSize.ofKilobytes(16), "Millrace", 5, 16, 64, 16, Duration.ofDays(1)));
    }

    @Test
    void keepTheSecretsToThemselves() {
        var settings = bind(Map.of("millrace.http-call.signing-secrets", "whsec_one, whsec_two"));

        assertThat(settings.signingSecrets()).containsExactly("whsec_one", "whsec_two");
        assertThat(settings.toString()).doesNotContain("whsec");
    }

    @Test
    void readNoMoreThanAMegabyte() {
        assertThatExceptionOfType(BindException.class)
                .isThrownBy(() -> bind(Map.of("millrace.http-call.max-answer", "2MB")));
    }

    private static HttpCallSettings bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate("millrace.http-call",
                HttpCallSettings.class);
    }
}
