package io.millrace.worker.http;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Whom this worker may call though its address is not public: a range of addresses ({@code 10.1.0.0/16}, {@code fd00::/8}, {@code 10.1.2.3}), or
 * a host by its name whatever it resolves to, each with a port or with any.
 *
 * @param name
 *            in lower case
 * @param port
 *            null for any
 */
record AllowedTarget(@Nullable String name, @Nullable AddressRange range, @Nullable Integer port) {

    private static final Pattern FORM = Pattern
            .compile("(?:\\[(?<v6>[0-9a-fA-F:.]+)]|(?<other>[^:\\[\\]/]+(?:/\\d{1,3})?))(?::(?<port>\\d{1,5}))?");
    private static final Pattern BARE_V6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*:[0-9a-fA-F:.]*(/\\d{1,3})?");
    private static final Pattern STARTS_AS_AN_ADDRESS = Pattern.compile("\\d+(\\.\\d+)*(/.*)?");
    private static final Pattern NAME = Pattern.compile("[a-z0-9_]([a-z0-9_.-]{0,251}[a-z0-9_])?");

    /**
     * @throws IllegalArgumentException
     *             if it is none of these
     */
    static AllowedTarget of(String text) {
        try {
            return parsed(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("millrace.http-call.allowed-targets: " + text
                    + " must be a host, an address or a range of addresses, as in orders:8080 or 10.1.0.0/16", e);
        }
    }

    private static AllowedTarget parsed(String text) {
        if (BARE_V6.matcher(text).matches()) {
            return new AllowedTarget(null, AddressRange.of(text), null);
        }
        var form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("is none");
        }
        var port = form.group("port") == null ? null : Integer.valueOf(form.group("port"));
        if (form.group("v6") != null) {
            return new AllowedTarget(null, AddressRange.of(form.group("v6")), port);
        }
        var other = form.group("other").toLowerCase(Locale.ROOT);
        if (STARTS_AS_AN_ADDRESS.matcher(other).matches()) {
            return new AllowedTarget(null, AddressRange.of(other), port);
        }
        if (!NAME.matcher(other).matches()) {
            throw new IllegalArgumentException("is none");
        }
        return new AllowedTarget(other, null, port);
    }

    boolean covers(String host, int at, InetAddress address) {
        return (port == null || port == at)
                && (host.equals(name) || Optional.ofNullable(range).filter(some -> some.contains(address)).isPresent());
    }
}
