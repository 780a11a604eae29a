package io.millrace.core.cache;

import java.util.Locale;
import java.util.Set;

/**
 * What is to be dropped.
 *
 * @param value
 *            the key, the tag, or the pattern: {@code *} stands for any text, {@code ?} for one character; empty for all
 */
record Invalidation(Kind kind, String value) {

    enum Kind {
        KEY, TAG, PATTERN, ALL
    }

    static final int MOST_STARS = 3;

    static final Invalidation ALL = new Invalidation(Kind.ALL, "");

    static Invalidation key(String key) {
        return new Invalidation(Kind.KEY, key);
    }

    static Invalidation tag(String tag) {
        return new Invalidation(Kind.TAG, tag);
    }

    /**
     * @throws IllegalArgumentException
     *             if there are more than {@value #MOST_STARS} stars: what Redis takes to match such a pattern explodes
     */
    static Invalidation pattern(String pattern) {
        var plain = pattern.replaceAll("\\*+", "*");
        if (plain.chars().filter(c -> c == '*').count() > MOST_STARS) {
            throw new IllegalArgumentException("a pattern may have " + MOST_STARS + " stars at most");
        }
        return new Invalidation(Kind.PATTERN, plain);
    }

    /** Whether an entry falls under it. */
    boolean concerns(String key, Set<String> tags) {
        return switch (kind) {
            case KEY -> key.equals(value);
            case TAG -> tags.contains(value);
            case PATTERN -> matches(value, key);
            case ALL -> true;
        };
    }

    /** In time proportional to the key's length times the pattern's, whatever stands in them. */
    private static boolean matches(String pattern, String text) {
        int star = -1;
        int afterStar = 0;
        int at = 0;
        for (int i = 0; i < text.length(); i++) {
            char wanted = at < pattern.length() ? pattern.charAt(at) : 0;
            if (at < pattern.length() && wanted == '*') {
                star = at++;
                afterStar = i--;
            } else if (at < pattern.length() && (wanted == '?' || wanted == text.charAt(i))) {
                at++;
            } else if (star >= 0) {
                // The last star takes one character more.
                at = star + 1;
                i = afterStar++;
            } else {
                return false;
            }
        }
        return pattern.substring(at).chars().allMatch(c -> c == '*');
    }

    /** The pattern as Redis' MATCH takes it, which knows more wildcards. */
    String glob() {
        return value.replaceAll("[\\\\\\[\\]^-]", "\\\\$0");
    }

    /** One line; {@link #parse} reads it. */
    String line() {
        return kind.name().toLowerCase(Locale.ROOT) + " " + value;
    }

    /**
     * @throws IllegalArgumentException
     *             if {@link #line} did not write it
     */
    static Invalidation parse(String line) {
        int space = line.indexOf(' ');
        if (space < 0) {
            throw new IllegalArgumentException("no invalidation");
        }
        return new Invalidation(Kind.valueOf(line.substring(0, space).toUpperCase(Locale.ROOT)),
                line.substring(space + 1));
    }
}
