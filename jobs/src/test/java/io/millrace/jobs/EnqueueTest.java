package io.millrace.jobs;

import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import io.millrace.jobs.JobStatus.State;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What enqueueing takes, refuses and leaves alone. */
class EnqueueTest extends EmbeddedEngine {

    @Test
    void rollsBackTheJobWithTheRow() {
        long before = countJobs();

        assertThatThrownBy(() -> orders.placeThenFail(2)).hasMessage("changed my mind");

        assertThat(orders.orders(2)).isZero();
        assertThat(countJobs()).isEqualTo(before);
    }

    @Test
    void leavesTheCallersWritesAloneWhenTheJobIsThereAlready() {
        var id = UUID.randomUUID();
        orders.placeWithJob(3, id);

        orders.placeWithJob(4, id);

        assertThat(orders.orders(4)).isEqualTo(1);
        await(id, State.SUCCEEDED);
        assertThat(results.find(id).orElseThrow().json()).contains("\"orderId\":3");
    }

    @Test
    void refusesToEnqueueInAReadOnlyTransaction() {
        assertThatThrownBy(() -> orders.placeReadOnly(5)).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("read-only");
    }

    @Test
    void refusesAPriorityOutOfRange() {
        assertThatThrownBy(() -> EnqueueOptions.DEFAULTS.withPriority(Integer.MIN_VALUE))
                .isInstanceOf(InvalidEnqueueOption.class).hasMessageContaining("priority must be from -1000 to 1000");
    }

    @Test
    void refusesAPayloadThatDoesNotFitAndQueuesNothing() {
        long before = countJobs();

        assertThat(violations("{\"orderId\":0,\"address\":\"x\"}")).extracting("field").containsExactly("orderId");
        assertThat(violations("{\"orderId\":1}")).extracting("field").containsExactly("address");
        assertThat(violations("{\"orderId\":\"1\",\"address\":\"x\"}")).extracting("field").containsExactly("orderId");
        assertThat(violations("{\"orderId\":1,\"address\":\"x\",\"more\":1}")).extracting("field")
                .containsExactly("more");
        assertThat(violations("{\"orderId\":1,\"address\":\"a\\u0000b\"}")).extracting("field")
                .containsExactly("address");
        assertThat(violations("[]")).extracting("field").containsExactly("");
        assertThat(violations("{")).extracting("message").first().asString().startsWith("is not JSON");
        assertThatThrownBy(() -> queue.enqueue("no-such-type", "{}", EnqueueOptions.DEFAULTS))
                .isInstanceOf(UnknownJobType.class).hasMessageContaining("ship-order");
        assertThat(countJobs()).isEqualTo(before);
    }

    private List<InvalidPayload.Violation> violations(String payload) {
        try {
            queue.enqueue("ship-order", payload, EnqueueOptions.DEFAULTS);
        } catch (InvalidPayload e) {
            return e.violations();
        }
        throw new AssertionError("accepted " + payload);
    }

    private long countJobs() {
        return jdbc.sql("select count(*) from millrace_jobs.jobrunr_jobs").query(Long.class).single();
    }
}
