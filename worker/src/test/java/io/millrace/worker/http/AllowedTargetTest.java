package io.millrace.worker.http;

import java.net.InetAddress;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class AllowedTargetTest {

    @ParameterizedTest
    @CsvSource({"10.1.0.0/16, any.example, 80, 10.1.255.1", "10.1.2.3, any.example, 80, 10.1.2.3",
            "10.1.2.3:8080, any.example, 8080, 10.1.2.3", "orders, orders, 9000, 10.9.9.9",
            "Orders.Internal:9000, orders.internal, 9000, 10.9.9.9", "fd00::/8, any.example, 80, fd12::1",
            "[::1]:8080, localhost, 8080, ::1", "::1, localhost, 8080, ::1", "127.0.0.0/8:8080, x, 8080, 127.0.0.9"})
    void covers(String allowed, String host, int port, String address) {
        assertThat(AllowedTarget.of(allowed).covers(host, port, InetAddress.ofLiteral(address))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"10.1.0.0/16, any.example, 80, 10.2.0.1", "10.1.2.3, any.example, 80, 10.1.2.4",
            "10.1.2.3:8080, any.example, 80, 10.1.2.3", "orders, evil-orders, 80, 10.9.9.9",
            "orders, orders.evil.example, 80, 10.9.9.9", "orders:9000, orders, 80, 10.9.9.9",
            "fd00::/8, any.example, 80, fe80::1", "127.0.0.0/8, localhost, 80, ::1", "[::1]:8080, x, 80, ::1"})
    void doesNotCover(String allowed, String host, int port, String address) {
        assertThat(AllowedTarget.of(allowed).covers(host, port, InetAddress.ofLiteral(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "http://orders", "10.0.0.0/33", "10.0.0/8/8", "a b", "fd00::/129", "[orders]:80", "*"})
    void isNotAnythingElse(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> AllowedTarget.of(text))
                .withMessageStartingWith("millrace.http-call.allowed-targets: " + text + " must be ");
    }
}
