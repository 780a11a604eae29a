package io.millrace.worker.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which addresses are the Internet's: IANA's registries of special-purpose addresses (RFC 6890) say which are not. Of IPv6 only
 * what is handed out (2000::/3) is; an address that carries an IPv4 one within it is judged by that, or refused.
 */
final class PublicAddresses {

    private static final List<AddressRange> NOT_PUBLIC = ranges(
            // this network, private, shared, loopback, link-local (the metadata of clouds)
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
            // protocols, documentation, the old 6to4 relays, private, benchmarks, documentation
            "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24",
            // documentation, multicast, reserved and broadcast
            "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            // protocols and Teredo, documentation, 6to4
            "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

    private static final AddressRange HANDED_OUT = AddressRange.of("2000::/3");
    /** RFC 6052: how a network without IPv4 reaches it. */
    private static final AddressRange NAT64 = AddressRange.of("64:ff9b::/96");
    private static final int IPV4_BYTES = 4;
    /** RFC 5214: the second half of an address that carries an IPv4 one, but for the bit that says whether that is unique. */
    private static final byte[] ISATAP = {0, 0, 0x5e, (byte) 0xfe};

    private PublicAddresses() {
    }

    static boolean contain(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length > IPV4_BYTES) {
            if (NAT64.contains(address)) {
                return contain(lastFour(bytes));
            }
            if (!HANDED_OUT.contains(address) || (isIsatap(bytes) && !contain(lastFour(bytes)))) {
                return false;
            }
        }
        return NOT_PUBLIC.stream().noneMatch(range -> range.contains(address));
    }

    private static boolean isIsatap(byte[] bytes) {
        byte[] middle = Arrays.copyOfRange(bytes, 8, 12);
        middle[0] &= ~2;
        return Arrays.equals(middle, ISATAP);
    }

    private static InetAddress lastFour(byte[] bytes) {
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(bytes, bytes.length - IPV4_BYTES, bytes.length));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }

    private static List<AddressRange> ranges(String... ranges) {
        return Stream.of(ranges).map(AddressRange::of).toList();
    }
}
