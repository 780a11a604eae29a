package io.millrace.dashboard;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import org.jspecify.annotations.Nullable;

/** HTTP basic authentication (RFC 7617) whose duration says nothing of how much of the credentials was right. */
final class BasicAuthentication extends Filter {

    private static final String SCHEME = "basic ";

    private final byte[] expected;

    BasicAuthentication(String username, String password) {
        this.expected = digest((username + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
        if (matches(exchange.getRequestHeaders().getFirst("Authorization"))) {
            chain.doFilter(exchange);
        } else {
            exchange.getResponseHeaders().set("WWW-Authenticate",
                    "Basic realm=\"Millrace dashboard\", charset=\"UTF-8\"");
            Refusal.send(exchange, 401, "The dashboard needs its user name and password.");
        }
    }

    @Override
    public String description() {
        return "lets operators in";
    }

    private boolean matches(@Nullable String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return false;
        }
        try {
            byte[] given = Base64.getDecoder().decode(authorization.substring(SCHEME.length()).strip());
            return MessageDigest.isEqual(digest(given), expected);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    // Digests are of one length, so that the comparison does not tell the length of the credentials either.
    private static byte[] digest(byte[] credentials) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(credentials);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
