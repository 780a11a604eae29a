package io.millrace.api.compression;

import java.io.IOException;
import java.util.Collections;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
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
import org.springframework.web.util.WebUtils;

/**
 * Compresses answers: JSON, text, NDJSON and CSV from {@link CompressionSettings#minSize} on, in the coding the client
 * likes best (RFC 9110, 12.5.3). Left alone is what has no body, is a part of something, is encoded already, is a stream of
 * events, or says {@code no-transform}. A failure after the first bytes leaves the encoded content without its end.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 50)
final class CompressionFilter extends OncePerRequestFilter {

    private final CompressionSettings settings;
    private final Encoders encoders;

    CompressionFilter(CompressionSettings settings, Encoders encoders) {
        this.settings = settings;
        this.encoders = encoders;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !settings.enabled();
    }

    /** The second half of an asynchronous answer, whose end is written here. */
    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }

    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return false;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        // An asynchronous answer comes by a second time, as it was wrapped the first time.
        CompressingResponse begun = WebUtils.getNativeResponse(response, CompressingResponse.class);
        CompressingResponse answer = begun == null ? begin(request, response) : begun;
        boolean well = false;
        try {
            chain.doFilter(request, begun == null ? answer : response);
            well = true;
        } finally {
            if (!well) {
                answer.abandon();
            }
        }
        if (request.isAsyncStarted()) {
            request.getAsyncContext().addListener(new AbandonAtTheEnd(answer));
        } else {
            answer.finish();
        }
    }

    private CompressingResponse begin(HttpServletRequest request, HttpServletResponse response) {
        return new CompressingResponse(response, encoders, settings.minSize().toBytes(),
                AcceptedCoding.of(acceptEncoding(request), encoders.offered()), request);
    }

    private static @Nullable String acceptEncoding(HttpServletRequest request) {
        var lines = Collections.list(request.getHeaders(HttpHeaders.ACCEPT_ENCODING));
        return lines.isEmpty() ? null : String.join(",", lines);
    }

    /** For what ends without coming by again, e.g. because its client went away; nothing where its end was written. */
    private record AbandonAtTheEnd(CompressingResponse answer) implements AsyncListener {

        @Override
        public void onComplete(AsyncEvent event) {
            answer.abandon();
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            // Spring, or the container, comes by again or completes.
        }

        @Override
        public void onError(AsyncEvent event) {
            // as above
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            // The next pass of the filter listens to it.
        }
    }
}
