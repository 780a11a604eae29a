package io.millrace.example;

import java.net.ConnectException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import io.millrace.example.ChargeCustomer.Receipt;
import io.millrace.jobs.testing.PerformJob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ChargeCustomerTest {

    private static final ChargeCustomer JOB = new ChargeCustomer(new UUID(1, 2), 500);
    private static final Receipt RECEIPT = new Receipt("R-1");

    private final List<String> keys = new ArrayList<>();
    private final List<String> messages = new ArrayList<>();
    private final ChargeCustomer.Handler handler = new ChargeCustomer.Handler((customer, cents, key) -> {
        keys.add(key);
        return RECEIPT;
    }, (customer, text) -> messages.add(text));

    @Test
    void chargesAndTellsTheCustomer() throws Exception {
        var attempt = PerformJob.with(handler);

        assertThat(attempt.run(JOB)).isEqualTo(RECEIPT);

        assertThat(messages).containsExactly("Thank you, see receipt R-1");
        assertThat(attempt.effectsDone()).containsExactly("charge", "message");
    }

    @Test
    void chargesNobodyTwice() throws Exception {
        assertThat(PerformJob.with(handler).withEffectDone("charge", RECEIPT).run(JOB)).isEqualTo(RECEIPT);

        assertThat(keys).isEmpty();
        assertThat(messages).hasSize(1);
    }

    @Test
    void sendsNoMessageThatMayHaveBeenSent() throws Exception {
        PerformJob.with(handler).withEffectDone("charge", RECEIPT).withEffectInDoubt("message").run(JOB);

        assertThat(messages).isEmpty();
    }

    @Test
    void asksWithTheSameKeyWhereTheChargeIsInDoubt() throws Exception {
        var job = UUID.randomUUID();

        PerformJob.with(handler).as(job, 1).run(JOB);
        PerformJob.with(handler).as(job, 2).withEffectInDoubt("charge").run(JOB);

        assertThat(keys).hasSize(2).containsOnly(keys.getFirst());
    }

    @Test
    void leavesNoDoubtWhereTheServiceWasNotReached() {
        var attempt = PerformJob.with(new ChargeCustomer.Handler((customer, cents, key) -> {
            throw new ConnectException("refused");
        }, (customer, text) -> messages.add(text)));

        assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> attempt.run(JOB));

        assertThat(attempt.effectsInDoubt()).isEmpty();
        assertThat(messages).isEmpty();
    }
}
