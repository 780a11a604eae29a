package io.millrace.api.http;

import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

import static org.assertj.core.api.Assertions.assertThat;

final class CallerTest {

    @Test
    void mayDoNothingWhereNoFilterHasLetAnybodyIn() {
        Caller caller = Caller.of(new MockHttpServletRequest());

        assertThat(caller.scopes()).isEmpty();
        assertThat(caller.mayEnqueue("send-email", "mail")).isFalse();
    }
}
