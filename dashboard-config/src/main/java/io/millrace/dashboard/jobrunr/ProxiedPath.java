package io.millrace.dashboard.jobrunr;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import jakarta.servlet.http.HttpServletRequest;

/** What may be asked of JobRunr's handlers: a path under the three of theirs, which means the same to everybody who reads it. */
final class ProxiedPath {

    private static final Pattern THEIRS = Pattern.compile("/(dashboard|api|sse)(/[\\w.~!$&'()*+,:=@%-]+)*/?");
    /** A dot, a slash, a backslash, a percent sign or a control character in disguise. */
    private static final Pattern DISGUISED = Pattern.compile("%(2e|2f|5c|25|[01][0-9a-f]|7f)");

    private ProxiedPath() {
    }

    /** Path and query as they were sent, without a prefix that a proxy in front has taken away; empty if it is no such path. */
    static Optional<String> of(HttpServletRequest request) {
        String path = request.getRequestURI().substring(request.getContextPath().length());
        if (!THEIRS.matcher(path).matches() || path.contains("/.")
                || DISGUISED.matcher(path.toLowerCase(Locale.ROOT)).find()) {
            return Optional.empty();
        }
        String query = request.getQueryString();
        try {
            return Optional.of(new URI(query == null ? path : path + "?" + query).toString());
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
