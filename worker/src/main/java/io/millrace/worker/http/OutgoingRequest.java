package io.millrace.worker.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.millrace.core.http.HttpCall.Method;
import io.millrace.core.http.HttpTarget;

/**
 * What is sent to whom.
 *
 * @param headers
 *            the caller's own
 * @param body
 *            null for none
 * @param signed
 *            whether it is to carry a signature, if there is a secret
 */
record OutgoingRequest(HttpTarget target, Method method, Map<String, String> headers, @Nullable String body,
        boolean signed) {

    private static final Set<Integer> SEE_OTHER_AFTER_POST = Set.of(301, 302);
    private static final int SEE_OTHER = 303;

    /**
     * The same to where an answer sends it, as the fetch standard says: after 303, and of a POST after 301 or 302, a GET without a body. What
     * goes to another origin has neither the caller's headers nor a signature; only from http to https of one host is it the same service.
     *
     * @throws IllegalArgumentException
     *             saying why it is not to go there, and not where
     */
    OutgoingRequest redirected(int status, String location) {
        var next = HttpTarget.of(RelativeAddress.resolve(target.uri().toString(), address(location)));
        if (target.isSecure() && !next.isSecure()) {
            throw new IllegalArgumentException("must not lead away from https");
        }
        boolean asGet = status == SEE_OTHER || (SEE_OTHER_AFTER_POST.contains(status) && method == Method.POST);
        boolean same = target.isOfOneOriginWith(next) || isUpgrade(next);
        return new OutgoingRequest(next, asGet ? Method.GET : method, same ? headers : Map.of(), asGet ? null : body,
                signed && same);
    }

    private static String address(String location) {
        try {
            return new URI(location).toString();
        } catch (URISyntaxException e) {
            // Without the cause, whose message repeats it.
            throw new IllegalArgumentException("is none");
        }
    }

    private boolean isUpgrade(HttpTarget next) {
        return !target.isSecure() && next.isSecure() && target.port() == 80 && next.port() == 443
                && target.host().equals(next.host());
    }
}
