package io.millrace.dashboard.access;

import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets only the dashboard's own pages change anything, since a browser sends its user's credentials with every site's
 * requests, and JobRunr's page sends no token of ours. Goes by the headers that scripts cannot set: {@code Sec-Fetch-Site}
 * where the browser sends it, else {@code Origin}.
 */
final class SameOriginChanges extends OncePerRequestFilter {

    private final RefusedChanges refused;

    SameOriginChanges(RefusedChanges refused) {
        this.refused = refused;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!RefusedChanges.isChange(request) || isSameOrigin(request)) {
            chain.doFilter(request, response);
        } else {
            refused.refused(request, "not from one of the dashboard's own pages");
            Refusal.send(request, response, 403, "Only the dashboard's own pages may change anything here.");
        }
    }

    private static boolean isSameOrigin(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null) {
            return site.equals("same-origin");
        }
        String origin = request.getHeader("Origin");
        return origin != null && ownAuthority(request).equals(authority(origin));
    }

    /** As the browser sees it: a trusted proxy's headers have been worked in by now. */
    private static String ownAuthority(HttpServletRequest request) {
        int port = request.getServerPort();
        boolean usual = port == usualPort(request.getScheme());
        return (request.getServerName() + (usual ? "" : ":" + port)).toLowerCase(Locale.ROOT);
    }

    private static @Nullable String authority(String origin) {
        try {
            var uri = URI.create(origin);
            String authority = uri.getRawAuthority();
            if (authority == null || uri.getHost() == null) {
                return null;
            }
            boolean usual = uri.getPort() == usualPort(String.valueOf(uri.getScheme()));
            return (usual ? uri.getHost() : authority).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static int usualPort(String scheme) {
        return scheme.equals("https") ? 443 : 80;
    }
}
