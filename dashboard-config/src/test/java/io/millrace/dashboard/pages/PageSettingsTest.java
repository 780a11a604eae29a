package io.millrace.dashboard.pages;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PageSettingsTest {

    @Test
    void leadsToATraceWhereSomebodyHasSaidWhereTracesAreShown() {
        var settings = new PageSettings("https://traces.example.org/trace/{traceId}?x=1");

        assertThat(settings.linkTo("4bf92f3577b34da6a3ce929d0e0e4736"))
                .contains("https://traces.example.org/trace/4bf92f3577b34da6a3ce929d0e0e4736?x=1");
        assertThat(settings.linkTo(null)).isEmpty();
        assertThat(settings.linkTo("../../evil")).isEmpty();
        assertThat(new PageSettings("").linkTo("4bf92f3577b34da6a3ce929d0e0e4736")).isEmpty();
    }
}
