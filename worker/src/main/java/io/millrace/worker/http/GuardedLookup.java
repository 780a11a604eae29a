package io.millrace.worker.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import org.apache.hc.client5.http.DnsResolver;

/**
 * Looks up a host and looks at what comes of it: the client connects to these very addresses, so that a name which resolves
 * to another one a moment later gains nothing. One address that is not public spoils all: a name that has both is up to something.
 */
final class GuardedLookup implements DnsResolver {

    private static final int NO_PORT = -1;

    private final Names names;
    private final List<AllowedTarget> allowed;

    GuardedLookup(Names names, List<AllowedTarget> allowed) {
        this.names = names;
        this.allowed = List.copyOf(allowed);
    }

    @Override
    public List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
        return Stream.of(checked(host, port)).map(address -> new InetSocketAddress(address, port)).toList();
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        return checked(host, NO_PORT);
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }

    private InetAddress[] checked(String host, int port) throws UnknownHostException {
        var addresses = names.lookUp(host);
        var name = normal(host);
        for (var address : addresses) {
            if (!PublicAddresses.contain(address)
                    && allowed.stream().noneMatch(target -> target.covers(name, port, address))) {
                throw new ForbiddenTarget(host);
            }
        }
        return addresses;
    }

    private static String normal(String host) {
        var lower = host.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    /** The operating system's, outside of tests. */
    @FunctionalInterface
    interface Names {
        InetAddress[] lookUp(String host) throws UnknownHostException;
    }
}
