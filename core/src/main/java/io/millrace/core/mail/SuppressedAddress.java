package io.millrace.core.mail;

import java.net.IDN;
import java.util.Locale;

/** The one spelling of an address on the suppression list. */
final class SuppressedAddress {

    private SuppressedAddress() {
    }

    /**
     * In small letters, the domain in ASCII. Servers could tell {@code Ann@} from {@code ann@}, but hardly any does, and who
     * unsubscribed as the one means the other.
     */
    static String of(String address) {
        int at = address.lastIndexOf('@');
        return (address.substring(0, at + 1) + ascii(address.substring(at + 1))).toLowerCase(Locale.ROOT);
    }

    private static String ascii(String domain) {
        try {
            return IDN.toASCII(domain);
        } catch (IllegalArgumentException e) {
            // No mail can be sent there anyway.
            return domain;
        }
    }
}
