package io.millrace.api.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.coyote.http11.Http11InputBuffer;
import org.apache.tomcat.util.http.MimeHeaders;
import org.apache.tomcat.util.res.StringManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;

/**
 * What Tomcat says by itself when it refuses a request before any servlet sees it: a bad request line, headers too large.
 * Public, with a public constructor, because Tomcat makes it by its name.
 */
public final class ProblemReportValve extends ErrorReportValve {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemReportValve.class);

    private static final String TOO_LARGE = StringManager.getManager(Http11InputBuffer.class)
            .getString("iib.requestheadertoolarge.error");
    private static final String TOO_MANY = StringManager.getManager(MimeHeaders.class)
            .getString("headers.maxCountFail", "").split("\\[", 2)[0];

    @Override
    protected void report(Request request, Response response, @Nullable Throwable throwable) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        ProblemDetail problem = throwable != null && isTooLarge(throwable)
                ? tooLarge(request).detail("")
                : Problem.of(HttpStatusCode.valueOf(status), "");
        try {
            response.setStatus(problem.getStatus());
            response.setContentType("application/problem+json");
            response.getOutputStream().write(json(problem));
            response.finishResponse();
        } catch (IOException e) {
            LOG.debug("the client left before it was told of status {}", status, e);
        }
    }

    /** Tomcat answers 400 for whatever it cannot parse, and has no types for why. */
    private static boolean isTooLarge(Throwable throwable) {
        String message = String.valueOf(throwable.getMessage());
        return message.equals(TOO_LARGE) || message.startsWith(TOO_MANY);
    }

    /** A long request line may have been read whole, and then have left no room for headers. */
    private static Problem tooLarge(Request request) {
        var head = request.getCoyoteRequest();
        if (head.requestURI().isNull()) {
            return Problem.URI_TOO_LONG;
        }
        int line = head.requestURI().getLength() + head.queryString().getLength();
        boolean isLineTooLong = request.getConnector().getProtocolHandler() instanceof AbstractHttp11Protocol<?> http
                && line >= http.getMaxHttpRequestHeaderSize();
        return isLineTooLong ? Problem.URI_TOO_LONG : Problem.HEADERS_TOO_LARGE;
    }

    // By hand: Tomcat makes this object, so no mapper can be handed to it, and none of these texts needs escaping.
    private static byte[] json(ProblemDetail problem) {
        return """
               {"type":"%s","title":"%s","status":%d}""".formatted(problem.getType(), problem.getTitle(),
                problem.getStatus()).getBytes(StandardCharsets.US_ASCII);
    }
}
