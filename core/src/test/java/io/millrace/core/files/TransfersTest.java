package io.millrace.core.files;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TransfersTest {

    @Test
    void refuseWhoeverComesWhileAllPlacesAreTakenForTooLong() {
        var transfers = new Transfers(2, Duration.ofMillis(50), "the.setting");
        Room first = transfers.begin();
        transfers.begin();

        assertThatThrownBy(transfers::begin).isInstanceOf(ContentUnavailable.class).hasMessageContaining("the.setting");

        first.close();
        transfers.begin();
        first.close();
        assertThatThrownBy(transfers::begin).as("it was given back once").isInstanceOf(ContentUnavailable.class);
    }

    @Test
    void letWhoeverWaitsInOnceThereIsAPlace() throws Exception {
        var transfers = new Transfers(1, Duration.ofMinutes(1), "the.setting");
        Room first = transfers.begin();
        var second = CompletableFuture.supplyAsync(transfers::begin);

        first.close();

        assertThat(second.get(1, TimeUnit.MINUTES)).isNotNull();
    }

    @Test
    void endTheWaitOfWhoeverIsToldToStop() {
        var transfers = new Transfers(1, Duration.ofMinutes(1), "the.setting");
        transfers.begin();
        Thread.currentThread().interrupt();

        assertThatThrownBy(transfers::begin).isInstanceOf(ContentUnavailable.class);

        assertThat(Thread.interrupted()).isTrue();
    }
}
