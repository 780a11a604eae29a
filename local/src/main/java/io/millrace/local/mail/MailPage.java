package io.millrace.local.mail;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import org.springframework.util.MultiValueMap;
import org.springframework.web.util.UriComponentsBuilder;
import tools.jackson.databind.json.JsonMapper;

/**
 * Shows the caught mails: a page at {@code /}, JSON at {@code /messages}. {@code /messages?to=<address>&wait=PT10S}
 * answers as soon as there is a mail to that address, at the latest when the wait is over.
 */
final class MailPage implements AutoCloseable {

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
    private static final String PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; base-uri 'none';"
            + " form-action 'none'; frame-ancestors 'none'";
    // What came by mail may show its own looks and nothing else: no script, no request, no origin.
    private static final String MAIL_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:;"
            + " frame-ancestors 'self'";

    private final CaughtMails mails;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final JsonMapper json = JsonMapper.shared();

    private MailPage(int port, CaughtMails mails) throws IOException {
        this.mails = mails;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    }

    static MailPage start(int port, CaughtMails mails) throws IOException {
        var page = new MailPage(port, mails);
        page.server.setExecutor(page.threads);
        page.mount("/", page::page);
        page.mount("/messages", page::messages);
        page.server.start();
        return page;
    }

    int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void mount(String path, HttpHandler handler) {
        server.createContext(path, handler).getFilters().add(new LoopbackHostOnly());
    }

    private void page(HttpExchange exchange) throws IOException {
        if (!exchange.getRequestURI().getPath().equals("/")) {
            send(exchange, 404, "text/plain", PAGE_POLICY, "No such page.\n");
            return;
        }
        send(exchange, 200, "text/html", PAGE_POLICY, MailHtml.page(mails.all()));
    }

    private void messages(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath().toLowerCase(Locale.ROOT);
        if (path.matches("/messages/\\d+/html")) {
            String html = mails.find(path.split("/", -1)[2]).map(CaughtMail::html).orElse(null);
            send(exchange, html == null ? 404 : 200, "text/html", MAIL_POLICY, html == null ? "" : html);
        } else if (path.equals("/messages")) {
            list(exchange);
        } else {
            send(exchange, 404, "text/plain", PAGE_POLICY, "No such page.\n");
        }
    }

    private void list(HttpExchange exchange) throws IOException {
        var query = UriComponentsBuilder.fromUri(exchange.getRequestURI()).build().getQueryParams();
        try {
            String to = decoded(query, "to");
            var found = mails.await(mail -> to.isEmpty() || mail.isFor(to), wait(decoded(query, "wait")));
            send(exchange, 200, "application/json", PAGE_POLICY, json.writeValueAsString(found));
        } catch (DateTimeParseException e) {
            send(exchange, 400, "text/plain", PAGE_POLICY, "wait must be an ISO 8601 duration, e.g. PT10S.\n");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            send(exchange, 503, "text/plain", PAGE_POLICY, "Stopping.\n");
        }
    }

    private static String decoded(MultiValueMap<String, String> query, String name) {
        String value = query.getFirst(name);
        return value == null ? "" : URLDecoder.decode(value, StandardCharsets.UTF_8);
    }

    private static Duration wait(String duration) {
        if (duration.isEmpty()) {
            return Duration.ZERO;
        }
        var wait = Duration.parse(duration);
        return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    }

    private static void send(HttpExchange exchange, int status, String type, String policy, String body)
            throws IOException {
        try (exchange) {
            var headers = exchange.getResponseHeaders();
            headers.set("Content-Type", type + "; charset=utf-8");
            headers.set("Content-Security-Policy", policy);
            headers.set("X-Content-Type-Options", "nosniff");
            headers.set("Referrer-Policy", "no-referrer");
            headers.set("Cross-Origin-Resource-Policy", "same-origin");
            headers.set("Cache-Control", "no-store");
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            boolean head = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(status, head || bytes.length == 0 ? -1 : bytes.length);
            if (!head && bytes.length > 0) {
                exchange.getResponseBody().write(bytes);
            }
        }
    }
}
