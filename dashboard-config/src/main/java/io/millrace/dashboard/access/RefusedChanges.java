package io.millrace.dashboard.access;

import jakarta.servlet.http.HttpServletRequest;

/** Hears of changes that role, origin or a missing token refuse. */
public interface RefusedChanges {

    /**
     * Called before the answer, by anybody's request, also one that reads or comes from nobody who is signed in. Does not throw.
     *
     * @param why
     *            some words, and nothing that whoever asked has sent
     */
    void refused(HttpServletRequest request, String why);

    /** Whether a request may change anything. */
    static boolean isChange(HttpServletRequest request) {
        return !request.getMethod().equals("GET") && !request.getMethod().equals("HEAD");
    }
}
