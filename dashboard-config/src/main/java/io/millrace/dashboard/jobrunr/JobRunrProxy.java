package io.millrace.dashboard.jobrunr;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Flow;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.apache.catalina.connector.ClientAbortException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

import io.millrace.dashboard.access.Refusal;

/**
 * Hands a request on to JobRunr's handlers and their answer back, as it comes. The target is fixed, redirects are not
 * followed, and of the headers only those pass that both sides need: no cookies, no credentials, nothing hop-by-hop.
 */
@Component
final class JobRunrProxy implements DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(JobRunrProxy.class);
    private static final Duration LONGEST_TO_ANSWER = Duration.ofSeconds(60);
    private static final List<String> REQUEST_HEADERS = List.of("Accept", "Accept-Language", "Content-Type",
            "If-None-Match", "If-Modified-Since", "Last-Event-ID");
    private static final List<String> ANSWER_HEADERS = List.of("Content-Type", "Content-Security-Policy", "ETag",
            "Last-Modified", "Expires", "X-Accel-Buffering");

    private final LoopbackServer server;
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER).proxy(HttpClient.Builder.NO_PROXY)
            .connectTimeout(Duration.ofSeconds(5)).build();

    JobRunrProxy(LoopbackServer server) {
        this.server = server;
    }

    /** Answers the request, whatever happens. */
    void forward(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var path = ProxiedPath.of(request);
        if (path.isEmpty()) {
            Refusal.send(request, response, 400, "No such path, or no such query behind it.");
            return;
        }
        String stream = UUID.randomUUID().toString();
        HttpResponse<Flow.Publisher<List<ByteBuffer>>> answer;
        try {
            answer = http.send(toServer(request, path.get(), stream), BodyHandlers.ofPublisher());
        } catch (IOException e) {
            LOG.warn("{} {} was not answered by JobRunr's handlers: {}", request.getMethod(),
                    request.getRequestURI().replaceAll("\\p{Cntrl}", " "), e.toString());
            Refusal.send(request, response, 502, "JobRunr's dashboard did not answer; the log may say why.");
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            Refusal.send(request, response, 503, "The dashboard is being stopped.");
            return;
        }
        response.setStatus(answer.statusCode());
        copyHeaders(answer, response);
        try (var body = new ProxiedBody(answer.body())) {
            body.copyTo(request, response);
        } catch (ClientAbortException e) {
            LOG.debug("the browser has gone", e);
        } finally {
            server.end(stream);
        }
    }

    @Override
    public void destroy() {
        http.shutdownNow();
    }

    private HttpRequest toServer(HttpServletRequest request, String path, String stream) throws IOException {
        boolean empty = request.getContentLengthLong() <= 0 && request.getHeader("Transfer-Encoding") == null;
        String method = request.getMethod().equals("HEAD") ? "GET" : request.getMethod();
        var input = request.getInputStream();
        var toServer = HttpRequest.newBuilder(URI.create(server.address() + path)).timeout(LONGEST_TO_ANSWER)
                .method(method, empty ? BodyPublishers.noBody() : BodyPublishers.ofInputStream(() -> input))
                .header(ProxyKey.HEADER, server.key().value()).header(EventStreams.NAME_HEADER, stream);
        for (String name : REQUEST_HEADERS) {
            String value = request.getHeader(name);
            if (value != null) {
                toServer.header(name, value);
            }
        }
        return toServer.build();
    }

    private static void copyHeaders(HttpResponse<?> answer, HttpServletResponse response) {
        for (String name : ANSWER_HEADERS) {
            answer.headers().allValues(name).forEach(value -> response.addHeader(name, value));
        }
        // What is behind a login is for nobody's shared cache.
        answer.headers().firstValue("Cache-Control")
                .ifPresent(value -> response.setHeader("Cache-Control", value.replace("public", "private")));
        answer.headers().firstValueAsLong("Content-Length").ifPresent(response::setContentLengthLong);
    }
}
