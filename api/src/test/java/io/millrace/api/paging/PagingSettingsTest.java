package io.millrace.api.paging;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class PagingSettingsTest {

    private static final String LONG_ENOUGH = "0".repeat(32);

    @Test
    void hasNoKeysByDefault() {
        assertThat(bind(Map.of())).isEqualTo(new PagingSettings("", List.of(), 20, 100));
    }

    @Test
    void readsFurtherKeysFromOneVariable() {
        assertThat(bind(Map.of("millrace.paging.accepted-keys", " a , ,b")).acceptedKeys()).containsExactly("a", "b");
    }

    @Test
    void keepsTheKeysToItself() {
        assertThat(new PagingSettings("secret", List.of("secret"), 20, 100).toString()).doesNotContain("secret");
    }

    @Test
    void isRefusedWithoutAKeyOrWithOneThatIsTooShort() {
        for (var settings : List.of(new PagingSettings("", List.of(), 20, 100),
                new PagingSettings("short", List.of(), 20, 100),
                new PagingSettings("0".repeat(31), List.of(), 20, 100),
                new PagingSettings(LONG_ENOUGH, List.of("short"), 20, 100))) {
            assertThatThrownBy(() -> new Paging(settings)).isInstanceOf(UnsafePagingKey.class)
                    .hasMessageContaining("MILLRACE_PAGING_KEY").hasMessageNotContaining("short");
        }
    }

    private static PagingSettings bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate("millrace.paging",
                PagingSettings.class);
    }
}
