package io.millrace.api.compression;

import java.util.Locale;
import java.util.Set;
import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/** Whether an answer's status and headers allow it to be compressed, and what changes in them when it is. */
final class CompressibleAnswer {

    private static final Set<String> TYPES = Set.of("application/json", "application/x-ndjson", "application/ndjson",
            "application/xml", "application/javascript");

    private CompressibleAnswer() {
    }

    static boolean is(HttpServletResponse answer) {
        int status = answer.getStatus();
        return status >= HttpStatus.OK.value() && status != HttpStatus.NO_CONTENT.value()
        // A part of the content as it is; the parts must fit together.
                && status != HttpStatus.PARTIAL_CONTENT.value() && answer.getHeader(HttpHeaders.CONTENT_RANGE) == null
                && status != HttpStatus.NOT_MODIFIED.value() && mayBe(answer);
    }

    /** The same of a 304: whether the answer it stands for might have been compressed. */
    static boolean mightHaveBeen(HttpServletResponse answer) {
        return answer.getStatus() == HttpStatus.NOT_MODIFIED.value()
                && (answer.getContentType() == null || compressible(answer.getContentType()));
    }

    /** Tells caches that the same address has other answers for other clients. */
    static void vary(HttpServletResponse answer) {
        boolean told = answer.getHeaders(HttpHeaders.VARY).stream()
                .anyMatch(value -> value.equals("*")
                        || value.toLowerCase(Locale.ROOT)
                                .contains(HttpHeaders.ACCEPT_ENCODING.toLowerCase(Locale.ROOT)));
        if (!told) {
            answer.addHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
        }
    }

    /**
     * Equal bytes are what a strong validator promises, and each coding has others. If-None-Match compares weakly (RFC 9110,
     * 13.1.2), so it works as before; If-Range does not, so that no part of one form is added to another.
     */
    static void weakenETag(HttpServletResponse answer) {
        String etag = answer.getHeader(HttpHeaders.ETAG);
        if (etag != null && etag.startsWith("\"")) {
            answer.setHeader(HttpHeaders.ETAG, "W/" + etag);
        }
    }

    private static boolean mayBe(HttpServletResponse answer) {
        return compressible(answer.getContentType()) && answer.getHeader(HttpHeaders.CONTENT_ENCODING) == null
                && answer.getHeaders(HttpHeaders.CACHE_CONTROL).stream()
                        .noneMatch(value -> value.toLowerCase(Locale.ROOT).contains("no-transform"));
    }

    /** What is text at heart; not events, which must not wait for one another, and not what is packed already. */
    private static boolean compressible(@Nullable String contentType) {
        if (contentType == null) {
            return false;
        }
        String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (type.startsWith("text/")) {
            return !type.equals("text/event-stream");
        }
        return TYPES.contains(type)
                || (type.startsWith("application/") && (type.endsWith("+json") || type.endsWith("+xml")));
    }
}
