package io.millrace.core.cache;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

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

    static final Invalidation ALL = new Invalidation(Kind.ALL, "");

    static Invalidation key(String key) {
        return new Invalidation(Kind.KEY, key);
    }

    static Invalidation tag(String tag) {
        return new Invalidation(Kind.TAG, tag);
    }

    static Invalidation pattern(String pattern) {
        return new Invalidation(Kind.PATTERN, pattern);
    }

    /** Whether an entry falls under it. */
    boolean concerns(String key, Set<String> tags) {
        return switch (kind) {
            case KEY -> key.equals(value);
            case TAG -> tags.contains(value);
            case PATTERN -> regex().matcher(key).matches();
            case ALL -> true;
        };
    }

    /** For the pattern of a kind {@link Kind#PATTERN}, compiled once by who matches many keys. */
    Pattern regex() {
        var regex = new StringBuilder();
        value.codePoints().forEach(c -> regex.append(switch (c) {
            case '*' -> ".*";
            case '?' -> ".";
            default -> Pattern.quote(Character.toString(c));
        }));
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
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
