package io.millrace.jobs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** No slot is given to two jobs, whoever fetches at the same time. */
class SlotsTest {

    private static final String MAIL = "mail";

    private final Slots slots = new Slots(10, QueueSubscription.of(List.of("mail=4", "files")));

    @Test
    void setAsideNoMoreThanThereAre() {
        try (var one = slots.claim(); var other = slots.claim()) {
            assertThat(one.add(MAIL, 3)).isEqualTo(3);
            assertThat(other.add(MAIL, 3)).isEqualTo(1);
            assertThat(other.free(MAIL, 1)).isZero();
            assertThat(other.add("files", 100)).isEqualTo(6);
            assertThat(one.add("files", 1)).isZero();
            assertThat(slots.free()).isZero();
        }
        assertThat(slots.free()).isEqualTo(10);
        assertThat(slots.free(MAIL)).isEqualTo(4);
    }

    @Test
    void areFetchedForAgainWhereAnotherCouldHaveUsedWhatIsGivenBack() {
        var again = new AtomicInteger();
        slots.whenGivenBack(again::incrementAndGet);
        var one = slots.claim();
        one.add(MAIL, 4);
        try (var other = slots.claim()) {
            assertThat(other.free("files", 6)).isEqualTo(6);
            assertThat(other.free(MAIL, 1)).isZero();
        }
        assertThat(again).hasValue(0);

        one.close();
        assertThat(again).hasValue(1);

        var all = slots.claim();
        all.add("files", 10);
        assertThat(slots.mostAtOnce()).isZero();
        all.giveBack("files", 1);
        all.close();
        assertThat(again).hasValue(2);
    }

    @Test
    void areNotFetchedForAgainWhereTheyWereOnlyBusyOrNobodyWantedThem() {
        var again = new AtomicInteger();
        slots.whenGivenBack(again::incrementAndGet);
        try (var claim = slots.claim()) {
            claim.add(MAIL, 4);
            IntStream.range(0, 4).forEach(job -> claim.hand(MAIL));
        }
        try (var one = slots.claim(); var other = slots.claim()) {
            one.add("files", 3);
            assertThat(other.free(MAIL, 1)).isZero();
            assertThat(other.free("files", 3)).isEqualTo(3);
        }
        assertThat(again).hasValue(0);
    }

    @Test
    void stayTakenByWhatWasHandedOver() {
        try (var claim = slots.claim()) {
            claim.add(MAIL, 4);
            claim.hand(MAIL);
            claim.giveBack(MAIL, 2);
            assertThat(slots.free(MAIL)).isEqualTo(2);
        }
        assertThat(slots.free(MAIL)).isEqualTo(3);
        slots.release(MAIL);
        assertThat(slots.free(MAIL)).isEqualTo(4);
        assertThat(slots.taken()).isZero();
    }

    @Test
    void neverGiveOneTwiceToRacingFetches() throws Exception {
        var held = new AtomicInteger();
        var most = new AtomicInteger();
        try (var threads = Executors.newFixedThreadPool(8)) {
            var racing = new ArrayList<Callable<Void>>();
            for (int thread = 0; thread < 8; thread++) {
                racing.add(() -> {
                    for (int i = 0; i < 20_000; i++) {
                        try (var claim = slots.claim()) {
                            int added = claim.add(MAIL, 3);
                            most.accumulateAndGet(held.addAndGet(added), Math::max);
                            held.addAndGet(-added);
                        }
                    }
                    return null;
                });
            }
            for (var race : threads.invokeAll(racing)) {
                race.get();
            }
        }
        assertThat(most).hasValueBetween(1, 4);
        assertThat(slots.free()).isEqualTo(10);
    }

    @Test
    void waitForRoomAsLongAsSomethingElseIsUnderWay() throws InterruptedException {
        var claim = slots.claim();
        claim.add("files", 10);
        var underWay = new AtomicBoolean(true);
        var looked = new CountDownLatch(3);
        var returned = new CountDownLatch(1);
        Thread.ofVirtual().start(() -> {
            try {
                slots.awaitRoom(Duration.ofMillis(1), () -> {
                    looked.countDown();
                    return underWay.get();
                });
                returned.countDown();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });

        assertThat(looked.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(returned.getCount()).isOne();
        underWay.set(false);
        assertThat(returned.await(10, TimeUnit.SECONDS)).isTrue();
        claim.close();
        assertThat(List.of(slots.free(), slots.mostAtOnce())).containsExactly(10, 10);
    }
}
