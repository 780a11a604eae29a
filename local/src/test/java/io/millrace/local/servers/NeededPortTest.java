package io.millrace.local.servers;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.millrace.testkit.FreePort;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class NeededPortTest {

    @Test
    void takesPortsThatAreFree() {
        NeededPort.requireFree(List.of(new NeededPort(FreePort.find(), "the API", "server.port")));
    }

    @Test
    void namesThePortWhoNeedsItAndTheSetting() throws Exception {
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var needed = new NeededPort(other.getLocalPort(), "the page of caught mail", "millrace.local.mail-port");

            assertThatExceptionOfType(CannotStart.class).isThrownBy(() -> NeededPort.requireFree(List.of(needed)))
                    .withMessage("Port %d is in use and the page of caught mail needs it: stop what uses it, or set"
                            + " MILLRACE_LOCAL_MAIL_PORT (millrace.local.mail-port) to another port.",
                            other.getLocalPort());
        }
    }

    @Test
    void refusesOnePortForTwo() {
        int port = FreePort.find();
        var ports = List.of(new NeededPort(port, "the API", "server.port"),
                new NeededPort(port, "the dashboard", "millrace.dashboard.port"));

        assertThatExceptionOfType(CannotStart.class).isThrownBy(() -> NeededPort.requireFree(ports))
                .withMessage("Port %d is asked for by the API (server.port) and by the dashboard: set"
                        + " MILLRACE_DASHBOARD_PORT (millrace.dashboard.port) to another port.", port);
    }
}
