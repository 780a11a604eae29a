package io.millrace.api.http;

import org.jspecify.annotations.Nullable;

/** A body that is not packed: what is read up to a limit has to be as long as it comes. */
public final class PlainBody {

    private PlainBody() {
    }

    /**
     * Nothing, where it is.
     *
     * @param coding
     *            the request's Content-Encoding
     * @throws ProblemException
     *             415 if it is packed
     */
    public static void require(@Nullable String coding) {
        if (coding != null && !coding.isBlank() && !coding.strip().equalsIgnoreCase("identity")) {
            throw ProblemException.contentEncoding("Send the body as it is, without Content-Encoding.");
        }
    }
}
