package io.millrace.dashboard.audit;

import jakarta.servlet.http.HttpServletRequest;

import org.jspecify.annotations.Nullable;

/** What a change came to in the words of whoever made it, for its row in the audit log. */
public final class ChangeNote {

    private static final String ATTRIBUTE = ChangeNote.class.getName();

    private ChangeNote() {
    }

    /** Goes behind the outcome, such as {@code 412 jobs}; the last one counts. No payloads, addresses or secrets. */
    public static void write(HttpServletRequest request, String note) {
        request.setAttribute(ATTRIBUTE, note);
    }

    static @Nullable String of(HttpServletRequest request) {
        return (String) request.getAttribute(ATTRIBUTE);
    }
}
