package io.millrace.dashboard.access;

import java.util.Locale;
import java.util.regex.Pattern;

/** Tells passwords that are tried first by whoever tries passwords. */
final class WeakPassword {

    static final int MINIMUM_LENGTH = 12;

    private static final Pattern WELL_KNOWN = Pattern
            .compile(
                    "administrator|admin|p[a@][s$5]{2}w[o0]r[dt]|passwd|change|this|please|me|secret|default|welcome|letmein"
                            + "|qwert[yz](uiop)?|operator|dashboard|jobrunr|millrace|root|test|user|guest|[^\\p{L}]");

    private WeakPassword() {
    }

    /** Whether it is too short, or nothing is left of it without its well-known words, digits and punctuation. */
    static boolean is(String password, String username) {
        String rest = password.toLowerCase(Locale.ROOT).replace(username.toLowerCase(Locale.ROOT), "");
        return password.codePointCount(0, password.length()) < MINIMUM_LENGTH
                || WELL_KNOWN.matcher(rest).replaceAll("").chars().distinct().count() < 2;
    }
}
