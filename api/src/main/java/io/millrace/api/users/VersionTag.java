package io.millrace.api.users;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.millrace.api.http.ProblemException;
import io.millrace.core.users.User;

/** A user's version as an ETag, and back from {@code If-Match} (RFC 9110, 13.1.1). */
final class VersionTag {

    /** Weak ones too: whoever compresses an answer on its way weakens its tag, and the version is the same. */
    private static final Pattern TAG = Pattern.compile("(?:W/)?\"([\\x21\\x23-\\x7e]*)\"");
    private static final Pattern VERSION = Pattern.compile("[1-9]\\d{0,8}");
    private static final int NO_VERSION = 0;

    private VersionTag() {
    }

    static String of(User user) {
        return "\"" + user.version() + "\"";
    }

    /**
     * The version that must be there; null for any.
     *
     * @throws ProblemException
     *             400 that names the header
     */
    static @Nullable Integer expected(@Nullable String ifMatch) {
        if (ifMatch == null || ifMatch.strip().equals("*")) {
            return null;
        }
        Matcher tag = TAG.matcher(ifMatch.strip());
        if (!tag.matches()) {
            throw ProblemException.invalid("If-Match", "must be * or one ETag, quotes included");
        }
        String version = tag.group(1);
        return VERSION.matcher(version).matches() ? Integer.valueOf(version) : NO_VERSION;
    }
}
