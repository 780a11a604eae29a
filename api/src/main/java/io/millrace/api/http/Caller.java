package io.millrace.api.http;

import jakarta.servlet.http.HttpServletRequest;

/**
 * Who makes a request; a parameter of a controller's method.
 *
 * @param key
 *            the id of the API key that was shown, never the key itself; {@code configured} for one of the settings, {@code open}
 *            where none is needed
 */
public record Caller(String key) {

    /** Where nobody needs a key. */
    static final Caller OPEN = new Caller("open");

    /** With a key of the settings. */
    static final Caller CONFIGURED = new Caller("configured");

    private static final String ATTRIBUTE = Caller.class.getName();

    static Caller of(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof Caller known ? known : OPEN;
    }

    void calls(HttpServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }
}
