package io.millrace.client;

/** No answer came, after all retries. What was asked for may have happened all the same. */
public final class ServerUnreachable extends MillraceException {

    private static final long serialVersionUID = 1;

    ServerUnreachable(String request, Throwable cause) {
        super(request + " got no answer: " + cause, null, cause);
    }
}
