package io.millrace.local;

import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

class LocalSettingsTest {

    @Test
    void keepsItsDataInTheWorkingDirectoryAndListensWhereTheContractSays() {
        var settings = Binder.get(new StandardEnvironment()).bindOrCreate("millrace.local", LocalSettings.class);

        assertThat(settings).isEqualTo(new LocalSettings(Path.of(".millrace"), 15432, 16379, 1025, 8025, 8083, 500));
    }

    @Test
    void takesTheVariablesThatItsSentencesName() {
        var environment = new StandardEnvironment();
        environment.getPropertySources().replace(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                new SystemEnvironmentPropertySource(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        Map.of("MILLRACE_LOCAL_DATA", "elsewhere", "MILLRACE_LOCAL_SMTP_PORT", "2525")));

        var settings = Binder.get(environment).bindOrCreate("millrace.local", LocalSettings.class);

        assertThat(settings.data()).isEqualTo(Path.of("elsewhere"));
        assertThat(settings.smtpPort()).isEqualTo(2525);
    }
}
