package io.millrace.api.http;

import java.io.IOException;
import java.util.Set;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Lets in who shows an API key as a bearer token (RFC 6750), before anything of the request is read. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 100)
final class ApiKeyFilter extends OncePerRequestFilter {

    private static final String SCHEME = "Bearer ";

    /** Compared with the path as it was sent, so that no rewriting of paths can lead anywhere else. */
    private static final Set<String> OPEN_PATHS = Set.of("/actuator/health", "/actuator/health/liveness",
            "/actuator/health/readiness", "/openapi.json", "/docs", "/docs/start.js",
            "/docs/swagger-ui-bundle.js", "/docs/swagger-ui.css");

    private final ApiKeys keys;
    private final ProblemWriter problems;

    ApiKeyFilter(ApiKeys keys, ProblemWriter problems) {
        this.keys = keys;
        this.problems = problems;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return keys.open() || OPEN_PATHS.contains(request.getRequestURI());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String token = bearerToken(request.getHeader(HttpHeaders.AUTHORIZATION));
        if (token != null && keys.accept(token)) {
            Caller.CONFIGURED.calls(request);
            chain.doFilter(request, response);
            return;
        }
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE,
                token == null ? "Bearer realm=\"millrace\"" : "Bearer realm=\"millrace\", error=\"invalid_token\"");
        problems.write(response, Problem.UNAUTHORIZED.detail(token == null
                ? "Send Authorization: Bearer <api key>."
                : "The API key is not valid."));
    }

    private static @Nullable String bearerToken(@Nullable String header) {
        return header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? header.substring(SCHEME.length()).strip()
                : null;
    }
}
