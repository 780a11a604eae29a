package io.millrace.api.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
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

    @Override
    protected void report(Request request, Response response, @Nullable Throwable throwable) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        try {
            response.setContentType("application/problem+json");
            response.getOutputStream().write(json(Problem.of(HttpStatusCode.valueOf(status), "")));
            response.finishResponse();
        } catch (IOException e) {
            LOG.debug("the client left before it was told of status {}", status, e);
        }
    }

    // By hand: Tomcat makes this object, so no mapper can be handed to it, and none of these texts needs escaping.
    private static byte[] json(ProblemDetail problem) {
        return """
               {"type":"%s","title":"%s","status":%d}""".formatted(problem.getType(), problem.getTitle(),
                problem.getStatus()).getBytes(StandardCharsets.US_ASCII);
    }
}
