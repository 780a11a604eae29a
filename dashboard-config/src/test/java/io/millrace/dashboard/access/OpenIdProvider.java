package io.millrace.dashboard.access;

import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import tools.jackson.databind.json.JsonMapper;

/** A small OpenID provider (OpenID Connect Core 1.0, authorization code flow) at which everybody is signed in already. */
final class OpenIdProvider implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpServer server;
    private final KeyPair keys;
    private final JwtEncoder signing;
    private final Map<String, String> nonces = new ConcurrentHashMap<>();
    private volatile Map<String, Object> claims = Map.of();

    private OpenIdProvider(int port) throws IOException, NoSuchAlgorithmException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        keys = generator.generateKeyPair();
        signing = NimbusJwtEncoder.withKeyPair((RSAPublicKey) keys.getPublic(), (RSAPrivateKey) keys.getPrivate())
                .build();
    }

    static OpenIdProvider start(int port) throws IOException, NoSuchAlgorithmException {
        var provider = new OpenIdProvider(port);
        provider.server.createContext("/.well-known/openid-configuration", provider::describe);
        provider.server.createContext("/keys", provider::showKeys);
        provider.server.createContext("/authorize", provider::authorize);
        provider.server.createContext("/token", provider::token);
        provider.server.start();
        return provider;
    }

    String issuer() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** What it says of the next one to come. */
    void says(Map<String, Object> claims) {
        this.claims = claims;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void describe(HttpExchange exchange) throws IOException {
        answer(exchange,
                Map.of("issuer", issuer(), "authorization_endpoint", issuer() + "/authorize", "token_endpoint",
                        issuer() + "/token", "jwks_uri", issuer() + "/keys", "end_session_endpoint",
                        issuer() + "/leave", "response_types_supported", new String[]{"code"},
                        "subject_types_supported", new String[]{"public"}, "id_token_signing_alg_values_supported",
                        new String[]{"RS256"}, "scopes_supported", new String[]{"openid"}));
    }

    private void showKeys(HttpExchange exchange) throws IOException {
        var key = (RSAPublicKey) keys.getPublic();
        Map<String, Object> json = new HashMap<>(Map.of("kty", "RSA", "alg", "RS256", "use", "sig", "n",
                base64(key.getModulus()), "e", base64(key.getPublicExponent())));
        Object id = signing.encode(JwtEncoderParameters.from(JwtClaimsSet.builder().subject("nobody").build()))
                .getHeaders().get("kid");
        if (id != null) {
            json.put("kid", id);
        }
        answer(exchange, Map.of("keys", List.of(json)));
    }

    private void authorize(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getRawQuery();
        String code = UUID.randomUUID().toString();
        nonces.put(code, parameter(query, "nonce"));
        exchange.getResponseHeaders().set("Location",
                parameter(query, "redirect_uri") + "?code=" + code + "&state="
                        + parameter(query, "state").replace("=", "%3D"));
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }

    private void token(HttpExchange exchange) throws IOException {
        String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Instant now = InstantSource.system().instant();
        var token = JwtClaimsSet.builder().issuer(issuer()).subject("user-17").audience(List.of("dashboard"))
                .issuedAt(now).expiresAt(now.plus(Duration.ofMinutes(5)))
                .claim("nonce", String.valueOf(nonces.remove(parameter(form, "code"))))
                .claims(all -> all.putAll(claims)).build();
        answer(exchange, Map.of("access_token", UUID.randomUUID().toString(), "token_type", "Bearer", "expires_in", 300,
                "id_token", signing.encode(JwtEncoderParameters.from(token)).getTokenValue()));
    }

    private static void answer(HttpExchange exchange, Map<String, ?> json) throws IOException {
        byte[] body = JSON.writeValueAsBytes(json);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        try (exchange) {
            exchange.getResponseBody().write(body);
        }
    }

    private static String parameter(String text, String name) {
        var found = Pattern.compile("(?:^|&)" + name + "=([^&]*)").matcher(text);
        return found.find() ? URLDecoder.decode(found.group(1), StandardCharsets.UTF_8) : "";
    }

    private static String base64(BigInteger number) {
        byte[] bytes = number.toByteArray();
        int sign = bytes[0] == 0 ? 1 : 0;
        return Base64.getUrlEncoder().withoutPadding()
                .encodeToString(Arrays.copyOfRange(bytes, sign, bytes.length));
    }
}
