package io.millrace.api.http;

import java.io.IOException;
import java.util.Set;
import java.util.regex.Pattern;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Lets in who shows an API key as a bearer token (RFC 6750), before anything of the request is read. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 100)
final class ApiKeyFilter extends OncePerRequestFilter {

    private static final Logger LOG = LoggerFactory.getLogger(ApiKeyFilter.class);

    private static final String SCHEME = "Bearer ";

    /** Compared with the path as it was sent, so that no rewriting of paths can lead anywhere else. */
    private static final Set<String> OPEN_PATHS = Set.of("/actuator/health", "/actuator/health/liveness",
            "/actuator/health/readiness", "/openapi.json", "/docs", "/docs/start.js",
            "/docs/swagger-ui-bundle.js", "/docs/swagger-ui.css");

    /** What is sealed in the path of these is what lets in. */
    private static final Pattern UNSUBSCRIBE_PATH = Pattern.compile("/unsubscribe/[A-Za-z0-9_-]{1,600}");

    private final ApiKeys keys;
    private final KeyHolders holders;
    private final ProblemWriter problems;
    private final MeterRegistry meters;

    ApiKeyFilter(ApiKeys keys, KeyHolders holders, ProblemWriter problems, MeterRegistry meters) {
        this.keys = keys;
        this.holders = holders;
        this.problems = problems;
        this.meters = meters;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (keys.open()) {
            letIn(Caller.OPEN, request, response, chain);
            return;
        }
        if (isOpen(request.getRequestURI())) {
            letIn(Caller.ANYBODY, request, response, chain);
            return;
        }
        String token = bearerToken(request.getHeader(HttpHeaders.AUTHORIZATION));
        Caller caller;
        try {
            caller = token == null ? null : holder(token);
        } catch (DataAccessException e) {
            LOG.warn("answered 503, it cannot be told whether a key is valid: {}", e.toString());
            problems.write(response, ProblemException.databaseUnreachable());
            return;
        }
        if (caller == null) {
            turnAway(response, token == null);
        } else {
            letIn(caller, request, response, chain);
        }
    }

    private static boolean isOpen(String path) {
        return OPEN_PATHS.contains(path) || UNSUBSCRIBE_PATH.matcher(path).matches();
    }

    private static void letIn(Caller caller, HttpServletRequest request, HttpServletResponse response,
            FilterChain chain) throws ServletException, IOException {
        caller.calls(request);
        chain.doFilter(request, response);
    }

    private @Nullable Caller holder(String token) {
        Caller configured = keys.holderOf(token);
        return configured == null ? holders.holderOf(token) : configured;
    }

    private void turnAway(HttpServletResponse response, boolean silent) throws IOException {
        meters.counter("millrace.api.authentication.failures", "reason", silent ? "no-key" : "invalid-key").increment();
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE,
                silent ? "Bearer realm=\"millrace\"" : "Bearer realm=\"millrace\", error=\"invalid_token\"");
        problems.write(response, Problem.UNAUTHORIZED.detail(silent
                ? "Send Authorization: Bearer <api key>."
                : "The API key is not valid."));
    }

    private static @Nullable String bearerToken(@Nullable String header) {
        return header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? header.substring(SCHEME.length()).strip()
                : null;
    }
}
