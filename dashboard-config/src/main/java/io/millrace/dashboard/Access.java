package io.millrace.dashboard;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;

import com.sun.net.httpserver.Filter;

import io.millrace.jobs.CannotStart;

/** Who may see the dashboard and from where: the address it binds, and the filters in front of JobRunr's handlers. */
record Access(InetSocketAddress address, List<Filter> filters) {

    private static final String OWN_PASSWORD = "Set MILLRACE_DASHBOARD_PASSWORD (millrace.dashboard.password) to at least "
            + WeakPassword.MINIMUM_LENGTH + " characters of your own.";

    Access {
        filters = List.copyOf(filters);
    }

    /**
     * What the settings ask for.
     *
     * @throws CannotStart
     *             if they would leave the dashboard open to others than its operators
     */
    static Access of(DashboardSettings settings) {
        var address = new InetSocketAddress(interfaceAt(settings.address()), settings.port());
        return new Access(address,
                List.of(new SecurityHeaders(), guard(settings, address), new SameOriginWrites(), new PlainRequests()));
    }

    private static Filter guard(DashboardSettings settings, InetSocketAddress address) {
        if (!settings.open()) {
            if (WeakPassword.is(settings.password(), settings.username())) {
                throw new CannotStart("The dashboard has no password, a well-known one, or one that is too short.",
                        OWN_PASSWORD, null);
            }
            return new BasicAuthentication(settings.username(), settings.password());
        }
        if (!address.getAddress().isLoopbackAddress()) {
            throw new CannotStart("The dashboard may be open to everybody on a loopback address only, and "
                    + settings.address() + " is none.", "Leave out MILLRACE_DASHBOARD_OPEN. " + OWN_PASSWORD, null);
        }
        return new LoopbackHostOnly();
    }

    private static InetAddress interfaceAt(String address) {
        try {
            return InetAddress.getByName(address);
        } catch (UnknownHostException e) {
            throw new CannotStart("The dashboard cannot listen on " + address + ": this host has no such address.",
                    "Set MILLRACE_DASHBOARD_ADDRESS (millrace.dashboard.address) to one that it has.", e);
        }
    }
}
