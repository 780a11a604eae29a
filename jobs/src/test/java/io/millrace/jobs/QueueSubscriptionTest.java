package io.millrace.jobs;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class QueueSubscriptionTest {

    @Test
    void knowsTheCapOfEachQueue() {
        var subscription = QueueSubscription.of(List.of("mail=64", " files=2", "default"));

        assertThat(subscription.caps().keySet()).containsExactly("mail", "files", "default");
        assertThat(subscription.cap("mail")).isEqualTo(64);
        assertThat(subscription.cap("files")).isEqualTo(2);
        assertThat(subscription.cap("default")).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void isToAllQueuesWhereNoneIsNamed() {
        assertThat(QueueSubscription.of(List.of())).isEqualTo(QueueSubscription.ALL);
        assertThat(QueueSubscription.ALL.isToAll()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"mail=0", "mail=-1", "mail=", "mail=many", "Mail", "=3", "mail=10000"})
    void refusesToStartWithWhatIsNoQueue(String entry) {
        assertThatExceptionOfType(CannotStart.class).isThrownBy(() -> QueueSubscription.of(List.of(entry)))
                .withMessageContaining("millrace.jobs.worker.queues has " + entry);
    }

    @Test
    void refusesToStartWithAQueueThatIsThereTwice() {
        assertThatExceptionOfType(CannotStart.class)
                .isThrownBy(() -> QueueSubscription.of(List.of("mail=1", "mail=2")))
                .withMessageContaining("names the queue mail twice");
    }
}
