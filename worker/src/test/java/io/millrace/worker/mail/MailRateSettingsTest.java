package io.millrace.worker.mail;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class MailRateSettingsTest {

    @Test
    void limitNothingUnlessTold() {
        var settings = bind(Map.of());

        assertThat(settings.ofDomain("example.com")).isEmpty();
        assertThat(settings.ofKey("abcdefghijkl")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"10/s, 10, PT1S", "100/15m, 100, PT15M", "2000/h, 2000, PT1H", "5000/1d, 5000, PT24H"})
    void takeARate(String text, int mails, Duration per) {
        var settings = bind(
                Map.of("millrace.mail.rates.domains[example.com]", text, "millrace.mail.rates.keys.abc", text));

        assertThat(settings.ofDomain("example.com")).contains(new MailRate(mails, per));
        assertThat(settings.ofKey("abc")).contains(new MailRate(mails, per));
    }

    @Test
    void giveADefaultToAllThatAreNotNamed() {
        var settings = bind(Map.of("millrace.mail.rates.domains.default", "5/s",
                "millrace.mail.rates.domains[Bücher.example]", "1/s", "millrace.mail.rates.domains[example.com]",
                "none"));

        assertThat(settings.ofDomain("example.org")).contains(new MailRate(5, Duration.ofSeconds(1)));
        assertThat(settings.ofDomain("xn--bcher-kva.example")).contains(new MailRate(1, Duration.ofSeconds(1)));
        assertThat(settings.ofDomain("example.com")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10", "10/", "/s", "0/s", "10/0s", "-1/s", "10/w", "10 per second", "99999999/s"})
    void refuseWhatIsNoRate(String text) {
        assertThatExceptionOfType(BindException.class)
                .isThrownBy(() -> bind(Map.of("millrace.mail.rates.domains[example.com]", text)))
                .havingRootCause()
                .withMessage("millrace.mail.rates.domains[example.com] must be a number of mails per time, "
                        + "such as 10/s, 100/15m, 2000/h or 5000/d, or none");
    }

    private static MailRateSettings bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate("millrace.mail.rates",
                MailRateSettings.class);
    }
}
