package io.millrace.worker.http;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Where an address that an answer names leads from the one that was called, as RFC 3986, section 5.2 says; {@link java.net.URI#resolve} goes by
 * the RFC before it, loses the last segment before a bare query, and keeps dots that lead above the root.
 */
final class RelativeAddress {

    /** Of the RFC's appendix B: all of it matches anything. */
    private static final Pattern PARTS = Pattern
            .compile("(?:([^:/?#]+):)?(?://([^/?#]*))?([^?#]*)(?:\\?([^#]*))?(?:#.*)?", Pattern.DOTALL);

    private RelativeAddress() {
    }

    /** The address that {@code reference} stands for, without its fragment. */
    static String resolve(String base, String reference) {
        var from = Parts.of(base);
        var to = Parts.of(reference);
        if (to.scheme != null) {
            return text(to.scheme, to.authority, withoutDots(to.path), to.query);
        }
        if (to.authority != null) {
            return text(from.scheme, to.authority, withoutDots(to.path), to.query);
        }
        if (to.path.isEmpty()) {
            return text(from.scheme, from.authority, from.path, to.query == null ? from.query : to.query);
        }
        var path = to.path.startsWith("/") ? to.path : merged(from, to.path);
        return text(from.scheme, from.authority, withoutDots(path), to.query);
    }

    /** 5.2.3 */
    private static String merged(Parts base, String path) {
        return base.authority != null && base.path.isEmpty()
                ? "/" + path
                : base.path.substring(0, base.path.lastIndexOf('/') + 1) + path;
    }

    /** 5.2.4 */
    private static String withoutDots(String path) {
        var input = path;
        var output = new StringBuilder();
        while (!input.isEmpty()) {
            if (input.startsWith("../")) {
                input = input.substring(3);
            } else if (input.startsWith("./") || input.startsWith("/./")) {
                input = input.substring(2);
            } else if (input.equals("/.")) {
                input = "/";
            } else if (input.startsWith("/../") || input.equals("/..")) {
                input = "/" + input.substring(Math.min(4, input.length()));
                output.setLength(Math.max(0, output.lastIndexOf("/")));
            } else if (input.equals(".") || input.equals("..")) {
                input = "";
            } else {
                int end = input.indexOf('/', 1);
                output.append(input, 0, end < 0 ? input.length() : end);
                input = end < 0 ? "" : input.substring(end);
            }
        }
        return output.toString();
    }

    /** 5.3 */
    private static String text(@Nullable String scheme, @Nullable String authority, String path,
            @Nullable String query) {
        return (scheme == null ? "" : scheme + ":") + (authority == null ? "" : "//" + authority) + path
                + (query == null ? "" : "?" + query);
    }

    private record Parts(@Nullable String scheme, @Nullable String authority, String path, @Nullable String query) {

        static Parts of(String address) {
            var parts = PARTS.matcher(address);
            if (!parts.matches()) {
                throw new IllegalArgumentException("is none");
            }
            return new Parts(parts.group(1), parts.group(2), parts.group(3), parts.group(4));
        }
    }
}
