package io.millrace.api.compression;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;

/**
 * An answer that becomes a compressed one at its first byte that cannot be kept back, if its headers allow it by then.
 * Content-Length is kept back until that is known.
 */
final class CompressingResponse extends HttpServletResponseWrapper {

    private final HttpServletRequest request;
    private final AnswerBody body;
    private @Nullable PrintWriter writer;

    CompressingResponse(HttpServletResponse response, Encoders encoders, long minSize, AcceptedCoding accepted,
            HttpServletRequest request) {
        super(response);
        this.request = request;
        this.body = new AnswerBody(response, encoders, minSize, accepted, HttpMethod.HEAD.matches(request.getMethod()));
    }

    /** The answer is complete. */
    void finish() throws IOException {
        if (writer != null) {
            writer.flush();
        }
        body.finish();
    }

    /** The answer ends here, complete or not; nothing if it was complete. */
    void abandon() {
        body.abandon();
    }

    @Override
    public AnswerBody getOutputStream() {
        return body;
    }

    @Override
    public PrintWriter getWriter() throws IOException {
        if (writer == null) {
            // As the container does: from now on the Content-Type names the charset.
            var charset = Charset.forName(getCharacterEncoding());
            setCharacterEncoding(charset);
            writer = new PrintWriter(new OutputStreamWriter(body, charset));
        }
        return writer;
    }

    @Override
    public void flushBuffer() throws IOException {
        if (writer != null) {
            writer.flush();
        }
        if (request.isAsyncStarted()) {
            body.flush();
        } else {
            body.flushBeforeMore();
        }
    }

    @Override
    public void resetBuffer() {
        super.resetBuffer();
        writer = null;
        body.startOver();
    }

    @Override
    public void reset() {
        super.reset();
        writer = null;
        body.startOverWithoutHeaders();
    }

    @Override
    public void sendError(int status, @Nullable String message) throws IOException {
        body.giveUp();
        super.sendError(status, message);
    }

    @Override
    public void sendError(int status) throws IOException {
        body.giveUp();
        super.sendError(status);
    }

    @Override
    public void sendRedirect(String location, int status, boolean clearBuffer) throws IOException {
        body.giveUp();
        super.sendRedirect(location, status, clearBuffer);
    }

    @Override
    public void setContentLength(int length) {
        body.declareLength(length);
    }

    @Override
    public void setContentLengthLong(long length) {
        body.declareLength(length);
    }

    @Override
    public void setHeader(String name, @Nullable String value) {
        if (name.equalsIgnoreCase(HttpHeaders.CONTENT_LENGTH)) {
            body.declareLength(value == null ? AnswerBody.UNKNOWN : Long.parseLong(value));
        } else {
            super.setHeader(name, value);
        }
    }

    @Override
    public void addHeader(String name, String value) {
        if (name.equalsIgnoreCase(HttpHeaders.CONTENT_LENGTH)) {
            body.declareLength(Long.parseLong(value));
        } else {
            super.addHeader(name, value);
        }
    }

    @Override
    public void setIntHeader(String name, int value) {
        setHeader(name, Integer.toString(value));
    }

    @Override
    public void addIntHeader(String name, int value) {
        addHeader(name, Integer.toString(value));
    }

    @Override
    public boolean containsHeader(String name) {
        return getHeader(name) != null;
    }

    @Override
    public @Nullable String getHeader(String name) {
        return name.equalsIgnoreCase(HttpHeaders.CONTENT_LENGTH) ? body.declaredLength() : super.getHeader(name);
    }
}
