package io.millrace.dashboard.pages;

import org.springframework.web.servlet.mvc.support.RedirectAttributes;

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

    static void refused(RedirectAttributes next, String text) {
        next.addFlashAttribute(NAME, new News(false, text));
    }
}
