package io.millrace.api.files;

import java.io.EOFException;
import java.io.IOException;
import jakarta.servlet.http.HttpServletRequest;

import org.apache.commons.io.input.ProxyInputStream;

import io.millrace.api.http.ProblemException;

/** The bytes of a request: no more than the limit, and all of them or an exception. */
final class RequestBody extends ProxyInputStream {

    private final long announced;
    private final long limit;
    private long count;

    /**
     * The body of {@code request}.
     *
     * @throws ProblemException
     *             413 if it is announced to be longer than {@code limit}; nothing is read then, so that a client that
     *             waits for 100 Continue need not send it
     */
    RequestBody(HttpServletRequest request, long limit) throws IOException {
        super(request.getInputStream());
        this.announced = request.getContentLengthLong();
        this.limit = limit;
        requireWithinLimit(announced);
    }

    @Override
    protected void afterRead(int read) throws IOException {
        if (read > 0) {
            count += read;
            requireWithinLimit(count);
        } else if (read < 0 && count < announced) {
            throw new EOFException("the body ended after " + count + " of " + announced + " bytes");
        }
    }

    private void requireWithinLimit(long bytes) {
        if (bytes > limit) {
            throw tooLarge(limit);
        }
    }

    static ProblemException tooLarge(long limit) {
        return ProblemException.tooLarge("A file may have at most " + limit + " bytes.");
    }
}
