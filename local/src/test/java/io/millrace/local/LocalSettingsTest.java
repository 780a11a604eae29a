package io.millrace.local;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.StandardEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

class LocalSettingsTest {

    @Test
    void keepsItsDataInTheWorkingDirectoryAndListensWhereTheContractSays() {
        var settings = Binder.get(new StandardEnvironment()).bindOrCreate("millrace.local", LocalSettings.class);

        assertThat(settings).isEqualTo(new LocalSettings(Path.of(".millrace"), 15432, 16379, 1025, 8025, 500));
    }
}
