package io.millrace.worker.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class LookUpNamesTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void takeNoThreadThatCarriesJobs() {
        var virtual = new AtomicBoolean(true);

        assertThatThrownBy(() -> Calls.perform(Calls.settings(), host -> {
            virtual.set(Thread.currentThread().isVirtual());
            throw new UnknownHostException(host);
        }, new UUID(1, 2), Calls.get("http://slow.example/"))).isInstanceOf(CalledInVain.class)
                .hasMessage("slow.example:80: unknown host");

        assertThat(virtual).isFalse();
    }

    @Test
    void refuseWhatWouldOnlyWait() throws Exception {
        var over = new CountDownLatch(1);
        var begun = new AtomicInteger();
        GuardedLookup.Names slow = host -> {
            begun.incrementAndGet();
            hold(over);
            return new InetAddress[]{InetAddress.getLoopbackAddress()};
        };
        try (var callers = Executors.newVirtualThreadPerTaskExecutor(); var names = new LookUpNames(slow, 1)) {
            List<Future<InetAddress[]>> answers = new ArrayList<>();
            for (int i = 0; i <= LookUpNames.WAITING; i++) {
                int waiting = i;
                answers.add(callers.submit(() -> names.lookUp("a.example")));
                await().atMost(MINUTE).until(() -> begun.get() + names.waiting() == waiting + 1);
            }

            assertThatThrownBy(() -> names.lookUp("b.example")).isInstanceOf(LookUpNames.TooManyLookUps.class);

            assertThat(begun).hasValue(1);
            over.countDown();
            for (var answer : answers) {
                assertThat(answer.get()).containsExactly(InetAddress.getLoopbackAddress());
            }
        }
    }

    @Test
    void forgetWhomNobodyWaitsForAnyMore() throws Exception {
        var over = new CountDownLatch(1);
        try (var names = new LookUpNames(host -> {
            hold(over);
            throw new UnknownHostException(host);
        }, 1)) {
            var first = Thread.ofVirtual().start(() -> look(names));
            await().atMost(MINUTE).until(() -> names.active() == 1);
            var second = Thread.ofVirtual().start(() -> look(names));
            await().atMost(MINUTE).until(() -> names.waiting() == 1);

            second.interrupt();

            assertThat(second.join(MINUTE)).isTrue();
            assertThat(names.waiting()).isZero();
            over.countDown();
            assertThat(first.join(MINUTE)).isTrue();
        }
    }

    private static void look(LookUpNames names) {
        try {
            names.lookUp("a.example");
        } catch (UnknownHostException e) {
            assertThat(e).hasMessage("a.example");
        }
    }

    private static void hold(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
