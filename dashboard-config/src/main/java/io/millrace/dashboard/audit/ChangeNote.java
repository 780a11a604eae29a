package io.millrace.dashboard.audit;

import jakarta.servlet.http.HttpServletRequest;

import org.jspecify.annotations.Nullable;

/** What a change came to in the words of whoever made it, for its row in the audit log. */
public final class ChangeNote {

    private static final String ATTRIBUTE = ChangeNote.class.getName();
    private static final String NOTHING_DONE = ATTRIBUTE + ".nothingDone";

    private ChangeNote() {
    }

    /** Goes behind the outcome, such as {@code 412 jobs}; the last one counts. No payloads, addresses or secrets. */
    public static void write(HttpServletRequest request, String note) {
        request.setAttribute(ATTRIBUTE, note);
    }

    /** The change was not made though the request is answered well: the job was not as it would have to be, for example. */
    public static void nothingDone(HttpServletRequest request) {
        request.setAttribute(NOTHING_DONE, true);
    }

    static boolean saysNothingDone(HttpServletRequest request) {
        return request.getAttribute(NOTHING_DONE) != null;
    }

    static @Nullable String of(HttpServletRequest request) {
        return (String) request.getAttribute(ATTRIBUTE);
    }
}
