package io.millrace.dashboard;

import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Somebody's browser as far as HTTP goes: it keeps cookies, sends where it comes from, and follows no redirects by itself. */
public final class Visitor implements AutoCloseable {

    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

    private final HttpClient http = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    private final URI base;
    private final String address;

    Visitor(URI base, String address) {
        this.base = base;
        this.address = address;
    }

    /** Signs in by the form; the answer to that. */
    public HttpResponse<String> signIn(String name, String password) throws Exception {
        return post("/login", get("/login").body(), Map.of("username", name, "password", password));
    }

    public HttpResponse<String> get(String path) throws Exception {
        return send(request(path).header("Accept", "text/html"));
    }

    /** Sends a form of {@code page}, with its token. */
    public HttpResponse<String> post(String path, String page, Map<String, String> fields) throws Exception {
        var token = TOKEN.matcher(page);
        String body = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return send(fromOwnPage(request(path)).header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "text/html")
                .POST(BodyPublishers.ofString(token.find() ? body + "&_csrf=" + token.group(1) : body)));
    }

    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path)).header("X-Forwarded-For", address);
    }

    /** As JobRunr's page changes something. */
    public HttpResponse<String> change(String method, String path) throws Exception {
        return send(fromOwnPage(request(path)).method(method, BodyPublishers.noBody()));
    }

    public HttpRequest.Builder fromOwnPage(HttpRequest.Builder request) {
        return request.header("Origin", base.getScheme() + "://" + base.getAuthority());
    }

    public HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    public HttpClient http() {
        return http;
    }

    public static String basic(String name, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        http.shutdownNow();
        http.close();
    }
}
