package io.millrace.client;

import java.net.http.HttpRequest;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * One thing asked of the server, in as many attempts as it takes.
 *
 * @param repeatable
 *            whether it may arrive twice; where not, it is repeated only if it has certainly not been done
 * @param timeout
 *            of one attempt, its body included
 * @param deadline
 *            until when it is repeated; null to repeat it as often as the client does
 */
record Call(HttpRequest request, boolean repeatable, Duration timeout, @Nullable Deadline deadline) {

    Call once() {
        return new Call(request, false, timeout, deadline);
    }

    /** For an answer that the server holds back for up to {@code wait}. */
    Call waiting(Duration wait, Deadline newDeadline) {
        return new Call(request, repeatable, timeout.plus(wait), newDeadline);
    }

    /** For messages: neither host nor query. */
    String name() {
        return request.method() + " " + request.uri().getRawPath();
    }
}
