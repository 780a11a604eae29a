package io.millrace.api.export;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Semaphore;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import io.millrace.api.http.Needs;
import io.millrace.api.http.ProblemException;
import io.millrace.api.http.Scope;

/** Exports over HTTP, only so many at once. */
@RestController
final class ExportController {

    private final UserExport users;
    private final ExportSettings settings;
    private final Semaphore places;

    ExportController(UserExport users, ExportSettings settings) {
        this.users = users;
        this.settings = settings;
        this.places = new Semaphore(settings.atOnce());
    }

    /**
     * All users by Accept: one JSON array, NDJSON or CSV. An export that fails half-way ends without the last chunk of its
     * chunked body (RFC 9112, 7.1), which HTTP clients report as an error; one that ends well is complete.
     */
    @Needs(Scope.READ)
    @GetMapping("/export/users")
    void users(HttpServletRequest request, HttpServletResponse response)
            throws IOException, HttpMediaTypeNotAcceptableException {
        ExportFormat format = ExportFormat.liked(accept(request)).orElseThrow(
                () -> new HttpMediaTypeNotAcceptableException(
                        Arrays.stream(ExportFormat.values()).map(ExportFormat::type).toList()));
        if (request.getProtocol().equals("HTTP/1.0")) {
            throw ProblemException
                    .httpVersion("Over HTTP/1.0 nobody could tell a broken export from a whole one. Call with"
                            + " HTTP/1.1; behind nginx: proxy_http_version 1.1.");
        }
        if (!places.tryAcquire()) {
            throw ProblemException.unavailable("As many exports as may be are under way.", settings.retryAfter());
        }
        try {
            response.addHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT);
            response.setContentType(format.type().toString());
            if (!HttpMethod.HEAD.matches(request.getMethod())) {
                users.write(format, response.getOutputStream());
            }
        } finally {
            places.release();
        }
    }

    int underWay() {
        return settings.atOnce() - places.availablePermits();
    }

    private static List<MediaType> accept(HttpServletRequest request) throws HttpMediaTypeNotAcceptableException {
        try {
            return MediaType.parseMediaTypes(Collections.list(request.getHeaders(HttpHeaders.ACCEPT)));
        } catch (InvalidMediaTypeException e) {
            throw new HttpMediaTypeNotAcceptableException("The Accept header cannot be read.");
        }
    }
}
