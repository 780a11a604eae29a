package io.millrace.core.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * An address that a request can go to: absolute, {@code http} or {@code https}, without a user, with a host that reads in one way
 * only. Who spells 127.0.0.1 as {@code 2130706433} or {@code 0177.1} means to be misunderstood. Whether anybody may call that host is
 * said where its name is looked up.
 *
 * @param uri
 *            without a fragment
 */
public record HttpTarget(URI uri) {

    /** In characters. */
    public static final int LONGEST = 2048;

    private static final Pattern BYTE = Pattern.compile("0|[1-9]\\d{0,2}");
    private static final Pattern NUMBER = Pattern.compile("\\d+|0[xX][0-9a-fA-F]*");

    /**
     * @throws IllegalArgumentException
     *             saying what is wrong, as in "must be …", and repeating nothing of {@code url}
     */
    public static HttpTarget of(String url) {
        require(url.length() <= LONGEST, "must be of at most " + LONGEST + " characters");
        try {
            return new HttpTarget(new URI(url));
        } catch (URISyntaxException e) {
            // Without the cause, whose message repeats it.
            throw new IllegalArgumentException("must be a URL such as https://example.org/hooks, in ASCII");
        }
    }

    /**
     * @throws IllegalArgumentException
     *             saying what is wrong, as in "must be …", and repeating nothing of {@code uri}
     */
    public HttpTarget {
        require("http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme()),
                "must begin with http:// or https://");
        require(uri.getRawUserInfo() == null && !String.valueOf(uri.getRawAuthority()).contains("@"),
                "must not contain a user or a password");
        require(uri.getHost() != null, "must have a host of letters, digits, dots and hyphens");
        require(readsInOneWay(uri.getHost()),
                "must name its host, or write its address as in 192.0.2.1 or [2001:db8::1]");
        require(uri.getPort() != 0 && uri.getPort() <= 65_535, "must have a port from 1 to 65535, or none");
        require(uri.getRawFragment() == null, "must not have a fragment");
        require(uri.toString().length() <= LONGEST, "must be of at most " + LONGEST + " characters");
        require(uri.toString().chars().allMatch(c -> c > ' ' && c < 127), "must be in ASCII");
    }

    /** In lower case, without brackets and without a dot at the end. */
    public String host() {
        var host = uri.getHost().toLowerCase(Locale.ROOT);
        if (host.startsWith("[")) {
            return host.substring(1, host.length() - 1);
        }
        return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    }

    public boolean isSecure() {
        return "https".equalsIgnoreCase(uri.getScheme());
    }

    /** Also where the address names none. */
    public int port() {
        return uri.getPort() != -1 ? uri.getPort() : isSecure() ? 443 : 80;
    }

    /** Whether both are the same service: one scheme, host and port. */
    public boolean isOfOneOriginWith(HttpTarget other) {
        return isSecure() == other.isSecure() && port() == other.port() && host().equals(other.host());
    }

    /** Its host and port alone: what stands behind them may be a secret. */
    @Override
    public String toString() {
        return uri.getHost().startsWith("[") ? "[" + host() + "]:" + port() : host() + ":" + port();
    }

    /** As the URL standard says: a last label that is a number makes an IPv4 address of all of it. */
    private static boolean readsInOneWay(String host) {
        if (host.startsWith("[")) {
            return !host.contains("%");
        }
        var labels = (host.endsWith(".") ? host.substring(0, host.length() - 1) : host).split("\\.", -1);
        if (!NUMBER.matcher(labels[labels.length - 1]).matches()) {
            return true;
        }
        if (labels.length != 4 || host.endsWith(".")) {
            return false;
        }
        for (var label : labels) {
            if (!BYTE.matcher(label).matches() || Integer.parseInt(label) > 255) {
                return false;
            }
        }
        return true;
    }

    private static void require(boolean holds, String remedy) {
        if (!holds) {
            throw new IllegalArgumentException(remedy);
        }
    }
}
