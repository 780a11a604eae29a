package io.millrace.dashboard.pages;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.web.servlet.mvc.support.RedirectAttributes;

import io.millrace.dashboard.audit.ChangeNote;

/**
 * What a page says once, after something was done or could not be.
 *
 * @param good
 *            whether it was done
 */
record News(boolean good, String text) {

    private static final String NAME = "said";

    static void done(RedirectAttributes next, String text) {
        next.addFlashAttribute(NAME, new News(true, text));
    }

    /** The audit log has it, too. */
    static void refused(HttpServletRequest request, RedirectAttributes next, String text) {
        next.addFlashAttribute(NAME, new News(false, text));
        ChangeNote.nothingDone(request);
    }
}
