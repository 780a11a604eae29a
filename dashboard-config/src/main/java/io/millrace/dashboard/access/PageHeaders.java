package io.millrace.dashboard.access;

import java.util.regex.Pattern;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.security.web.header.HeaderWriter;

/**
 * Binds every page to its own origin: no script of others, no frame around it, no word to anybody else. JobRunr's page asks its
 * maker's host for news and versions, and this policy makes the browser refuse; JobRunr's own policy (a nonce for scripts) stands
 * beside it, and a browser applies both.
 */
final class PageHeaders implements HeaderWriter {

    private static final Pattern JOBRUNRS = Pattern.compile("/(dashboard|api|sse)(/.*)?");
    private static final String POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'%s;"
            + " img-src 'self' data:; font-src 'self'; manifest-src 'self'; base-uri 'none'; form-action %s;"
            + " frame-ancestors 'none'";
    // The page's component library writes <style> elements, so inline styles must pass there; scripts must not.
    private static final String JOBRUNRS_POLICY = POLICY.formatted(" 'unsafe-inline'", "'none'");

    private final String ownPolicy;

    /** Forms go here, and whatever they are redirected to: signing out may lead to the provider. */
    PageHeaders(Iterable<String> providerOrigins) {
        this.ownPolicy = POLICY.formatted("", "'self' " + String.join(" ", providerOrigins)).replace(" ;", ";");
    }

    @Override
    public void writeHeaders(HttpServletRequest request, HttpServletResponse response) {
        String path = request.getRequestURI().substring(request.getContextPath().length());
        response.addHeader("Content-Security-Policy", JOBRUNRS.matcher(path).matches() ? JOBRUNRS_POLICY : ownPolicy);
        // Not no-referrer: browsers would send forms with the origin "null" then.
        response.setHeader("Referrer-Policy", "same-origin");
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
        if (response.getHeader("Cache-Control") == null) {
            response.setHeader("Cache-Control", "no-store");
        }
    }
}
