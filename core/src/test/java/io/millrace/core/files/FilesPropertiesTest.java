package io.millrace.core.files;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FilesPropertiesTest {

    @Test
    void hasTheseDefaults() {
        assertThat(bind(Map.of())).isEqualTo(
                new FilesProperties(DataSize.ofGigabytes(5), Duration.ofHours(1), Duration.ofMinutes(10),
                        "postgres", null, null, null, new FilesProperties.Quota(null, Map.of()), null));
    }

    @ParameterizedTest
    @CsvSource({"max-size, 0B", "abandoned-after, 59s", "sweep-interval, 0s", "store, tape", "store, folder",
            "store, s3",
            "s3.bucket, ''",
            "expire-after, 0s", "antivirus.host, ''"})
    void refusesWhatCannotWorkAndNamesIt(String setting, String value) {
        assertThatThrownBy(() -> bind(Map.of("millrace.files." + setting, value))).rootCause()
                .hasMessageContaining("millrace.files." + setting);
    }

    @Test
    void refusesHalfAKeyOfS3AndNeverShowsAWholeOne() {
        assertThatThrownBy(
                () -> bind(Map.of("millrace.files.s3.bucket", "b", "millrace.files.s3.access-key", "abc")))
                .rootCause().hasMessageContaining("millrace.files.s3.access-key and secret-key belong together");
        assertThat(bind(Map.of("millrace.files.s3.bucket", "b", "millrace.files.s3.access-key", "abc",
                "millrace.files.s3.secret-key", "hidden")).toString()).contains("bucket=b").doesNotContain("hidden");
    }

    @Test
    void boundsHowManyFilesAreOnTheirWayToS3() {
        assertThat(bind(Map.of("millrace.files.s3.bucket", "b")).s3()).returns(16, S3Settings::transfers)
                .returns(Duration.ofSeconds(10), S3Settings::transferWait);
        for (String setting : new String[]{"transfers", "transfer-wait"}) {
            assertThatThrownBy(
                    () -> bind(Map.of("millrace.files.s3.bucket", "b", "millrace.files.s3." + setting, "0")))
                    .rootCause().hasMessageContaining("millrace.files.s3." + setting);
        }
    }

    @Test
    void knowsALimitForEachKeyAndOthersForSome() {
        var quota = bind(Map.of("millrace.files.quota.per-key", "1GB", "millrace.files.quota.keys.abc123", "5GB"))
                .quota();

        assertThat(quota.of("abc123")).isEqualTo(DataSize.ofGigabytes(5).toBytes());
        assertThat(quota.of("another")).isEqualTo(DataSize.ofGigabytes(1).toBytes());
        assertThat(bind(Map.of()).quota().of("another")).isEqualTo(Long.MAX_VALUE);
    }

    private static FilesProperties bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate("millrace.files",
                FilesProperties.class);
    }
}
